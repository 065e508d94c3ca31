import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller, Header, Headers } from '@nestjs/common'
import { DiffPolicies } from './diff-policies.js'
import { ListAnnouncements } from './list-announcements.js'
import { ReadPolicies } from './read-policies.js'
import { wantedLanguage } from './wanted-language.js'

const Spoken = () => Headers('accept-language')
/** An answer in one language is none for who asks for another (RFC 9110 §12.5.5). */
const InLanguage = () => Header('vary', 'Accept-Language')

@Controller()
export class PoliciesController {
  constructor(
    private readonly reading: ReadPolicies,
    private readonly listing: ListAnnouncements,
    private readonly diffing: DiffPolicies,
  ) {}

  @Endpoint(identity.listPolicies)
  @InLanguage()
  inForce(
    @Input() { query }: ApiInput<typeof identity.listPolicies>,
    @Spoken() spoken?: string,
  ): Promise<ApiAnswer<typeof identity.listPolicies>> {
    return this.reading.inForce(wantedLanguage(query.locale, spoken))
  }

  @Endpoint(identity.getPolicy)
  @InLanguage()
  one(
    @Input() input: ApiInput<typeof identity.getPolicy>,
    @Spoken() spoken?: string,
  ): Promise<ApiAnswer<typeof identity.getPolicy>> {
    return this.reading.one(input, wantedLanguage(input.query.locale, spoken))
  }

  @Endpoint(identity.diffPolicies)
  @InLanguage()
  diff(
    @Input() input: ApiInput<typeof identity.diffPolicies>,
    @Spoken() spoken?: string,
  ): Promise<ApiAnswer<typeof identity.diffPolicies>> {
    return this.diffing.execute(input, wantedLanguage(input.query.locale, spoken))
  }

  @Endpoint(identity.listAnnouncements)
  @InLanguage()
  announcements(
    @Input() input: ApiInput<typeof identity.listAnnouncements>,
    @Spoken() spoken?: string,
  ): Promise<ApiAnswer<typeof identity.listAnnouncements>> {
    return this.listing.execute(input, wantedLanguage(input.query.locale, spoken))
  }
}
