import { profiles } from '@mpics/contracts'
import { PeerError, Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Gathered } from '../compose/gathered.js'
import type { NamedPage } from './named-page.js'

export type NamedProfile = Extract<NamedPage, { kind: 'profile' }>

const MAX_PROFILES = 80
const AT = '@'

/** The profiles that have a page. They are the same whoever asks: questions of one moment make one call. */
@Injectable()
export class ProfilePages {
  private readonly gathered = new Gathered((names) => this.ask(names), MAX_PROFILES)

  constructor(private readonly peers: Peers) {}

  /** Undefined where nobody has the page. */
  async idOf(named: NamedProfile): Promise<string | undefined> {
    const name = 'handle' in named ? `${AT}${named.handle}` : named.profileId
    return (await this.gathered.load([name])).get(name)
  }

  private async ask(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const handles = names.filter((name) => name.startsWith(AT)).map((name) => name.slice(AT.length))
    const ids = names.filter((name) => !name.startsWith(AT))
    const found = await this.peers
      .call(profiles.profilePages, { body: { ids, handles } })
      .catch((error: unknown) => this.askEach(ids, handles, error))
    const ofHandles = found.handles.map(({ handle, id }) => [`${AT}${handle}`, id] as const)
    return new Map([...found.ids.map((id) => [id, id] as const), ...ofHandles])
  }

  /** A replica of the version before does not know the call for many. */
  private async askEach(ids: readonly string[], handles: readonly string[], error: unknown) {
    if (!isNone(error)) throw error
    const existing = ids.map((id) =>
      this.peers.call(profiles.profileExists, { params: { id } }).then(() => [id], nothingIfNone),
    )
    const resolved = handles.map((handle) =>
      this.peers.call(profiles.resolveHandle, { params: { handle } }).then(({ id }) => [{ handle, id }], nothingIfNone),
    )
    return { ids: (await Promise.all(existing)).flat(), handles: (await Promise.all(resolved)).flat() }
  }
}

const isNone = (error: unknown) => error instanceof PeerError && error.status === 404

function nothingIfNone(error: unknown): never[] {
  if (!isNone(error)) throw error
  return []
}
