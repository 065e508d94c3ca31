import { profiles } from '@mpics/contracts'
import { Peers } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Gathered } from '../compose/gathered.js'
import type { NamedPage } from './named-page.js'
import { undefinedIfNone } from './no-such-page.js'

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
    const found = await this.gathered.load([name]).catch(undefinedIfNone)
    return found ? found.get(name) : this.askAlone(named)
  }

  private async ask(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const handles = names.filter((name) => name.startsWith(AT)).map((name) => name.slice(AT.length))
    const ids = names.filter((name) => !name.startsWith(AT))
    const found = await this.peers.call(profiles.profilePages, { body: { ids, handles } })
    const ofHandles = found.handles.map(({ handle, id }) => [`${AT}${handle}`, id] as const)
    return new Map([...found.ids.map((id) => [id, id] as const), ...ofHandles])
  }

  /** A replica of another version does not know the call for many, or refuses one of them: each has an answer of its own. */
  private askAlone(named: NamedProfile): Promise<string | undefined> {
    const asked =
      'handle' in named
        ? this.peers.call(profiles.resolveHandle, { params: { handle: named.handle } }).then(({ id }) => id)
        : this.peers.call(profiles.profileExists, { params: { id: named.profileId } }).then(() => named.profileId)
    return asked.catch(undefinedIfNone)
  }
}
