import type { LoggedView } from '../view-log/logged-view.js'
import { type Dimension, dimensions, isCountedIn, OTHER, valueIn } from './dimension.js'
import { Visitors } from './visitors.js'

export interface Cell {
  readonly dimension: Dimension
  readonly value: string
  views: number
  /** Of `views`: by a browser that had looked at the page within half an hour before. */
  repeats: number
  readonly visitors: Visitors
}

/** More values of a dimension than this share one cell in the end. */
export const MAX_VALUES = 1_000
/** So many are told apart until then, where the most frequent ones are to stay. */
export const MAX_TRACKED = 50_000

/** Counts the views of one period by each dimension, in bounded memory. */
export class PeriodCount {
  /** How many views it has seen, counted or not. */
  seen = 0
  private readonly cells = new Map<Dimension, Map<string, Cell>>()
  private changed = new Set<Cell>()

  constructor(private readonly tracked: number) {}

  add(view: LoggedView, isRepeat: boolean): void {
    this.seen++
    for (const dimension of dimensions) {
      const value = isCountedIn(dimension, view) ? valueIn[dimension](view) : undefined
      if (value === null || value === undefined) continue
      const cell = this.cell(dimension, value)
      cell.views++
      this.changed.add(cell)
      if (isRepeat) cell.repeats++
      if (view.place !== null && view.place !== undefined) cell.visitors.add(view.place)
    }
  }

  /** Adds what another period, or a part of this one, has counted. */
  addCell(
    dimension: Dimension,
    value: string,
    counts: { views: number; repeats: number; registers: Uint8Array },
  ): void {
    const cell = this.cell(dimension, value)
    cell.views += counts.views
    cell.repeats += counts.repeats
    cell.visitors.mergeBytes(counts.registers)
  }

  /** The most viewed values of each dimension, and one cell for all others. */
  result(): Cell[] {
    return [...this.cells.values()].flatMap((cells) => mostViewed([...cells.values()]))
  }

  /** The cells that have grown since they were taken last. */
  takeChanged(): Cell[] {
    const taken = [...this.changed]
    this.changed = new Set()
    return taken
  }

  private cell(dimension: Dimension, value: string): Cell {
    const cells = this.cells.get(dimension) ?? new Map<string, Cell>()
    if (cells.size === 0) this.cells.set(dimension, cells)
    const known = cells.get(value)
    if (known) return known
    if (cells.size >= this.tracked - 1 && value !== OTHER) return this.cell(dimension, OTHER)
    const cell = { dimension, value, views: 0, repeats: 0, visitors: new Visitors() }
    cells.set(value, cell)
    return cell
  }
}

const byViews = (a: Cell, b: Cell) => b.views - a.views || (a.value < b.value ? -1 : 1)

function mostViewed(cells: readonly Cell[]): readonly Cell[] {
  if (cells.length <= MAX_VALUES) return cells
  const named = cells.filter(({ value }) => value !== OTHER).sort(byViews)
  const other: Cell = { dimension: cells[0]!.dimension, value: OTHER, views: 0, repeats: 0, visitors: new Visitors() }
  const rest = [...named.slice(MAX_VALUES - 1), ...cells.filter(({ value }) => value === OTHER)]
  for (const { views, repeats, visitors } of rest) {
    other.views += views
    other.repeats += repeats
    other.visitors.merge(visitors)
  }
  return [...named.slice(0, MAX_VALUES - 1), other]
}
