"use strict";
// Sorting and filtering of the table; the page is whole without it.
const table = document.getElementById("students");
const body = table.tBodies[0];
const rows = [...body.rows];
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const rank = (row) => Number(row.cells[0].dataset.value);
const names = new Map(rows.map((row) => [row, plain(row.cells[0].textContent)]));

const search = document.getElementById("search");
const verdict = document.getElementById("verdict");
const exercise = document.getElementById("exercise");
const shown = document.getElementById("shown");

function filter() {
  const wanted = plain(search.value.trim());
  let count = 0;
  for (const row of rows) {
    const found = names.get(row).includes(wanted)
      && (!verdict.value || row.dataset.verdicts.split(" ").includes(verdict.value));
    row.hidden = !found;
    count += found;
  }
  const students = rows.length === 1 ? "student" : "students";
  shown.textContent = `${count === rows.length ? "" : `${count} of `}${rows.length} ${students}`;
  for (const cell of table.querySelectorAll("[data-exercise]")) {
    cell.hidden = exercise.value !== "" && cell.dataset.exercise !== exercise.value;
  }
}

function sortBy(heading) {
  const rising = heading.getAttribute("aria-sort") === "descending"
    || (heading.dataset.column === "0" && heading.getAttribute("aria-sort") !== "ascending");
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const column = Number(heading.dataset.column);
  const value = (row) => Number(row.cells[column].dataset.value);
  const sign = rising ? 1 : -1;
  rows.sort((a, b) => sign * (value(a) - value(b)) || rank(a) - rank(b));
  body.append(...rows);
}

for (const heading of table.tHead.querySelectorAll("[data-column]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => sortBy(heading));
}
for (const control of [search, verdict, exercise]) control.addEventListener("input", filter);
document.getElementById("tools").hidden = false;
filter();
