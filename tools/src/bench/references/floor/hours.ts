import { type Sketch, withPlace } from './sketch.js'
import { isOfPerson, type View } from './view.js'

const HOUR_MS = 3_600_000
/** The hour before has views on their way. */
const OPEN_HOURS = 2
/** Of a dimension in one of twelve partitions: a thousand and more in all. */
const MAX_VALUES = 250
const NONE = 'none'
const OTHER = 'other'

const ofPersons = ['site', 'page', 'referrer', 'country', 'browser', 'os', 'device', 'language'] as const
const whereSaid = ['agent', 'kind', 'crawler'] as const
type Dimension = (typeof ofPersons)[number] | (typeof whereSaid)[number]

/** The values of a dimension in one hour of a partition. */
class Cells {
  isChanged = true
  readonly views = new Map<string, number>()
  readonly sketches = new Map<string, Sketch>()

  add(value: string, place: number | undefined): void {
    const its = this.views.has(value) || this.views.size < MAX_VALUES ? value : OTHER
    this.views.set(its, (this.views.get(its) ?? 0) + 1)
    if (place !== undefined) this.sketches.set(its, withPlace(this.sketches.get(its) ?? new Uint8Array(), place))
    this.isChanged = true
  }

  stored() {
    const { views, sketches } = this
    const visitors = [...sketches].map(([value, sketch]) => ({ value, sketch }))
    return { values: [...views.keys()], views: [...views.values()], visitors }
  }
}

type Seen = Pick<View, 'page' | 'logged'>

/** When the first hour that goes on began. */
export const openSince = (): Date => new Date((Math.floor(Date.now() / HOUR_MS) + 1 - OPEN_HOURS) * HOUR_MS)

const hourOf = (at: string): string => at.slice(0, '2026-11-30T12'.length)

/** Counts the hours that go on. They follow from the log, from which whoever closes one counts what came too late for this. */
export class Hours {
  private readonly hours = new Map<string, { partition: number; cells: Map<Dimension, Cells> }>()

  add(partition: number, views: readonly Seen[]): void {
    const first = hourOf(openSince().toISOString())
    for (const view of views) {
      const hour = hourOf(view.logged.at)
      if (hour >= first) this.addTo(this.cellsOf(hour, partition), view)
    }
  }

  forget(): void {
    this.hours.clear()
  }

  /** What has changed since it was taken last. */
  take() {
    const changed = [...this.hours].flatMap(([id, { partition, cells }]) =>
      [...cells]
        .filter(([, { isChanged }]) => isChanged)
        .map(([dimension, one]) => ({ _id: `${id} ${dimension}`, partition, cells: one })),
    )
    const first = hourOf(openSince().toISOString())
    for (const id of this.hours.keys()) if (id < first) this.hours.delete(id)
    return changed.map(({ cells, ...labels }) => {
      cells.isChanged = false
      return { ...labels, ...cells.stored() }
    })
  }

  private addTo(cells: Map<Dimension, Cells>, view: Seen): void {
    const { page, logged } = view
    const values: Partial<Record<Dimension, string | undefined>> = logged
    if (isOfPerson(view))
      for (const dimension of ofPersons)
        cellsIn(cells, dimension).add(dimension === 'page' ? page : (values[dimension] ?? NONE), logged.place)
    for (const dimension of whereSaid) {
      const value = values[dimension]
      if (value !== undefined) cellsIn(cells, dimension).add(value, logged.place)
    }
  }

  private cellsOf(hour: string, partition: number): Map<Dimension, Cells> {
    const id = `${hour} ${partition}`
    const known = this.hours.get(id)
    if (known) return known.cells
    const cells = new Map<Dimension, Cells>()
    this.hours.set(id, { partition, cells })
    return cells
  }
}

function cellsIn(cells: Map<Dimension, Cells>, dimension: Dimension): Cells {
  const known = cells.get(dimension)
  if (known) return known
  const first = new Cells()
  cells.set(dimension, first)
  return first
}
