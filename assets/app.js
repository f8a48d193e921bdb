// The one script of the pages: htmx, and one small behaviour per file in elements/. Each says at its top how it is used.
import htmx from "htmx.org";
import { startActionKeys } from "./elements/action-keys.js";
import { startAnswers } from "./elements/answers.js";
import { startAutosave } from "./elements/autosave.js";
import { startBusy } from "./elements/busy.js";
import { startChoosers } from "./elements/chooser.js";
import { startConfirm } from "./elements/confirm.js";
import { startDialogs } from "./elements/dialogs.js";
import { startDrawer } from "./elements/drawer.js";
import { startDropZone } from "./elements/drop-zone.js";
import { startFillForm } from "./elements/fill-form.js";
import { startFilters } from "./elements/filters.js";
import { startHandedFiles } from "./elements/handed-files.js";
import { startInkPad } from "./elements/ink-pad.js";
import { startLiveNews } from "./elements/live-news.js";
import { startPageZoom } from "./elements/page-zoom.js";
import { startReadForm } from "./elements/read-form.js";
import { startRows } from "./elements/register-rows.js";
import { startRowsThatFit } from "./elements/rows-that-fit.js";
import { startSaidRoute } from "./elements/said-route.js";
import { startSearchBox } from "./elements/search-box.js";
import { startSmallButtons } from "./elements/small-buttons.js";
import { startSortable } from "./elements/sortable.js";
import { startTicks } from "./elements/tick-rows.js";
import { startToasts } from "./elements/toasts.js";
import { startViewers } from "./elements/viewer.js";

window.htmx = htmx;
document.documentElement.classList.add("has-js");
for (const start of [
  startConfirm,
  startAnswers,
  startBusy,
  startToasts,
  startDialogs,
  startDrawer,
  startRows,
  startTicks,
  startActionKeys,
  startSearchBox,
  startChoosers,
  startAutosave,
  startFilters,
  startInkPad,
  startFillForm,
  startDropZone,
  startHandedFiles,
  startReadForm,
  startSaidRoute,
  startPageZoom,
  startViewers,
  startSmallButtons,
  startSortable,
  startRowsThatFit,
  startLiveNews,
]) {
  start();
}
