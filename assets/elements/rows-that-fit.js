/**
 * Rows per page follow the height of the window: the browser measures, the server reads the cookie zs_rows.
 *   <div data-rows-fit> around a register table whose page should fill the window
 */
const SHELL = 17 * 16;

export function startRowsThatFit() {
  const place = document.querySelector("[data-rows-fit]");
  if (!place) return;
  const row = place.querySelector("tr[data-row]");
  const high = row?.offsetHeight || 34;
  const fitting = Math.min(50, Math.max(10, Math.floor((window.innerHeight - SHELL) / high)));
  document.cookie = `zs_rows=${fitting};path=/;max-age=31536000;samesite=lax`;
}
