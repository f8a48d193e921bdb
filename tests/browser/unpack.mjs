// Unpacks the Chromium 86 of the npm package into the folder given: the age of the domestic browsers we promise.
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const packed = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  "node_modules",
  "chrome-aws-lambda",
  "bin",
);
const target = path.resolve(process.argv[2]);

async function unpack(name, file) {
  await pipeline(
    createReadStream(path.join(packed, name)),
    createBrotliDecompress(),
    createWriteStream(file),
  );
}

const libraries = path.join(target, "swiftshader");
await mkdir(libraries, { recursive: true });
const archive = path.join(target, "swiftshader.tar");
await unpack("swiftshader.tar.br", archive);
execFileSync("tar", ["-xf", archive, "-C", libraries]);
await rm(archive);
const chromium = path.join(target, "chromium");
await unpack("chromium.br", chromium);
await chmod(chromium, 0o755);
