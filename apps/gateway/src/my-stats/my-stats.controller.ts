import { analytics, type ApiAnswer, type ApiInput, gateway } from '@mpics/contracts'
import { Input, Member, type MemberIdentity, Peers } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { rethrowUpstreamProblem } from '../compose/upstream-problem.error.js'
import { ExistingPages } from '../page-views/existing-pages.js'
import { PageNotFoundError } from '../page-views/page-view.errors.js'
import { ServedHere } from '../routes/served-here.js'

/** Only the gateway learns who owns a page: analytics is asked about the page alone. */
@Controller()
export class MyStatsController {
  constructor(
    private readonly pages: ExistingPages,
    private readonly peers: Peers,
  ) {}

  @ServedHere(gateway.getMyStats)
  @Header('cache-control', 'private, no-store')
  async stats(
    @Member() member: MemberIdentity,
    @Input() { query }: ApiInput<typeof gateway.getMyStats>,
  ): Promise<ApiAnswer<typeof gateway.getMyStats>> {
    const { subject, ...asked } = query
    const page = await this.ownPage(subject, member)
    return this.peers.call(analytics.getPageStats, { query: { page, ...asked } }).catch(rethrowUpstreamProblem)
  }

  private async ownPage(subject: string, member: MemberIdentity): Promise<string> {
    if (subject === 'profile') return `/profiles/${member.accountId}`
    const { key, ownerId } = await this.pages.find(`/photos/${subject}`, member)
    if (ownerId !== member.accountId) throw new PageNotFoundError()
    return key
  }
}
