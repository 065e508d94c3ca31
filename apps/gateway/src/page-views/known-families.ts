import Bowser from 'bowser'

/** Bowser answers with the visitor’s own text for a browser that it does not know: only these names get into a fact. */
const browsers: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP).filter((name) => name !== 'Generic'))
const systems: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP))

const among = (families: ReadonlySet<string>, name: string | undefined): string | null =>
  name !== undefined && families.has(name) ? name : null

export const knownBrowser = (name: string | undefined): string | null => among(browsers, name)
export const knownSystem = (name: string | undefined): string | null => among(systems, name)
