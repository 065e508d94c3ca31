import type { Envelope, identity } from '@mpics/contracts'
import type { PoliciesInForce } from '../policies/policies-in-force.js'
import { LinkPolicyOnPublication } from './link-policy-on-publication.js'

describe('a publication', () => {
  const publish = jest.fn()
  const reaction = new LinkPolicyOnPublication({ publish } as unknown as PoliciesInForce)
  const handle = (document: string) =>
    reaction.handle({
      time: '2015-01-01T00:00:00.000Z',
      data: { document, version: '2015-03-14', effectiveAt: '2015-03-14T00:00:00.000Z' },
    } as Envelope<typeof identity.policyPublished>)

  it('of a document that pages link to is taken, of one that is not known here left out', async () => {
    await handle('privacy')
    await handle('community-rules')
    expect(publish.mock.calls).toEqual([[expect.objectContaining({ document: 'privacy', version: '2015-03-14' })]])
  })
})
