import type { Row, Table } from './page';

/** Tables with more columns are compared as they are: the number of orders grows with the factorial. */
const MOST_COLUMNS = 5;

/** All orders of some items. */
function ordersOf(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => ordersOf(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

/** A table with its columns in the order of a known header, if they have another order; else the table itself. */
export function inKnownOrder(table: Table, isKnown: (header: Row) => boolean): Table {
  const { header, rows } = table;
  const width = header.cells.length;
  if (width < 2 || width > MOST_COLUMNS || isKnown(header)) return table;
  const reordered = (row: Row, order: readonly number[]): Row => ({
    ...row,
    cells: order.map((column) => row.cells[column] ?? ''),
  });
  const order = ordersOf(header.cells.map((_, column) => column)).find((one) => isKnown(reordered(header, one)));
  if (!order || rows.some(({ cells }) => cells.length !== width)) return table;
  return { ...table, header: reordered(header, order), rows: rows.map((row) => reordered(row, order)) };
}
