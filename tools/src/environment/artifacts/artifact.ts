import type { Requirement } from './requirements.js'

/** Something that a package registry delivers and a server or a check is run from. */
export interface Artifact {
  /** With its version; also the name of its folder in the cache. */
  name: string
  version: string
  /** Hash of what must be in the folder; absent where it is compiled here, which `confirm` checks instead. */
  contents?: string
  requires: Requirement[]
  /** The variable that makes this artifact superfluous, if there is one. */
  instead?: string
  obtain: (folder: string) => Promise<void>
  confirm?: (folder: string) => Promise<boolean>
  /** Advice for a delivery that is not the expected one. */
  mend: string
}
