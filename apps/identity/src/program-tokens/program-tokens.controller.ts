import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { Proved, type ProvedMember } from '../proofs/proved-member.js'
import { type MadeToken, MakeProgramToken } from './make-program-token.js'
import { type ProgramToken, renameToken, revokeToken } from './program-token.js'
import { ProgramTokenRepository } from './program-token.repository.js'

@Controller()
export class ProgramTokensController {
  constructor(
    private readonly making: MakeProgramToken,
    private readonly tokens: ProgramTokenRepository,
  ) {}

  @Endpoint(identity.listProgramTokens)
  async list(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof identity.listProgramTokens>> {
    const { tokens } = await this.tokens.of(accountId)
    return { items: tokens.toReversed().map(shown) }
  }

  @Endpoint(identity.createProgramToken)
  @Header('cache-control', 'no-store')
  async create(
    @Proved() member: ProvedMember,
    @Input() { body }: ApiInput<typeof identity.createProgramToken>,
  ): Promise<ApiAnswer<typeof identity.createProgramToken>> {
    return shownOnce(await this.making.create(member, { ...body, expiresAt: new Date(body.expiresAt) }))
  }

  @Endpoint(identity.renameProgramToken)
  async rename(
    @Member() { accountId }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.renameProgramToken>,
  ): Promise<ApiAnswer<typeof identity.renameProgramToken>> {
    const { tokens } = await this.tokens.change(accountId, (all) => renameToken(all, params.id, body.name))
    return shown(tokens.find(({ id }) => id === params.id)!)
  }

  @Endpoint(identity.rotateProgramToken)
  @Header('cache-control', 'no-store')
  async rotate(
    @Proved() member: ProvedMember,
    @Input() { params, body }: ApiInput<typeof identity.rotateProgramToken>,
  ): Promise<ApiAnswer<typeof identity.rotateProgramToken>> {
    const expiresAt = body.expiresAt === undefined ? undefined : new Date(body.expiresAt)
    return shownOnce(await this.making.rotate(member, params.id, expiresAt))
  }

  @Endpoint(identity.revokeProgramToken)
  async revoke(
    @Member() { accountId }: MemberIdentity,
    @Input() { params }: ApiInput<typeof identity.revokeProgramToken>,
  ): Promise<void> {
    await this.tokens.change(accountId, (all) => revokeToken(all, params.id))
  }
}

const shown = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: ProgramToken) => ({
  id,
  name,
  scopes: [...scopes],
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

const shownOnce = ({ token, secret }: MadeToken) => ({ ...shown(token), token: secret })
