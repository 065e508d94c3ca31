import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { PublishPolicy } from './publish-policy.js'

@Controller()
export class PolicyPublicationsController {
  constructor(private readonly publishing: PublishPolicy) {}

  @Endpoint(identity.publishPolicy)
  async publish(
    @Input() { body }: ApiInput<typeof identity.publishPolicy>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiAnswer<typeof identity.publishPolicy>> {
    const published = await this.publishing.execute(body)
    const { document, version } = published
    reply.header('location', `/v1/policies/${document}?version=${encodeURIComponent(version)}`)
    return published
  }
}
