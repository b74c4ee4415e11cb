// The calendar by keyboard: arrow keys go from cell to cell; and a button that prints it.
// Without this script every link is reached by Tab, and the browser's own menu prints.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function places(table) {
  // Which cell covers which row and column, cells over several rows counted in each.
  const grid = [];
  [...table.tBodies[0].rows].forEach((row, y) => {
    grid[y] ??= [];
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y][x]) x += 1;
      for (let below = 0; below < cell.rowSpan; below += 1) {
        grid[y + below] ??= [];
        grid[y + below][x] = cell;
      }
    }
  });
  return grid;
}

function neighbor(table, from, [down, right]) {
  const grid = places(table);
  let y = grid.findIndex((row) => row.includes(from));
  let x = grid[y].indexOf(from);
  for (;;) {
    y += down;
    x += right;
    const cell = grid[y]?.[x];
    if (!cell) return null;
    const target = cell !== from && cell.querySelector("a, button");
    if (target) return target;
  }
}

for (const calendar of document.querySelectorAll("[data-calendar]")) {
  const table = calendar.querySelector("table");
  table?.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = neighbor(table, cell, step);
    if (target) {
      event.preventDefault();
      target.focus();
    }
  });
  const print = calendar.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}
