import type { ProcessOptions } from '../processes/supervised.js'
import type { StackAddresses } from './addresses.js'
import type { Artifact } from '../artifacts/artifact.js'

export type ServerName = 'mongodb' | 'kafka' | 's3' | 'mail'

/** A port that can be chosen by its variable. */
export interface PortChoice {
  variable: string
  usual: number
  what: string
}

/** The folder and port of a server. */
export interface ServerPlace {
  /** The artifact, unpacked. */
  content: string
  /** For data that are kept between starts. */
  data: string
  ports: number[]
  forTests: boolean
}

export type ServerProcess = Pick<ProcessOptions, 'program' | 'args' | 'ready' | 'stopTimeoutMs'>

/** One of the servers that the system needs: where it comes from, how it is run and where it is then. */
export interface Server {
  name: ServerName
  title: string
  /** Set by whoever has such a server already. */
  variable: string
  ports: PortChoice[]
  artifact?: Artifact
  process: (place: ServerPlace) => Promise<ServerProcess>
  addresses: (ports: number[]) => Partial<StackAddresses>
  answers: (configured: string) => Promise<boolean>
}
