import type { ServiceHarness } from './service-harness.js'

export interface ShownForm {
  noticeVersion: string
  served: string
  [field: string]: unknown
}

export async function formFor(harness: ServiceHarness, id: string, purpose: string, query = ''): Promise<ShownForm> {
  const { status, body } = await harness.as(id).get(`/v1/consent-forms/${purpose}${query}`)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as ShownForm
}

/** Shows the form, and answers it. */
export async function give(harness: ServiceHarness, id: string, purpose: string) {
  const { noticeVersion, served } = await formFor(harness, id, purpose)
  return harness.as(id).put(`/v1/me/consents/${purpose}`, { granted: true, noticeVersion, served })
}

export const withdraw = (harness: ServiceHarness, id: string, purpose: string) =>
  harness.as(id).put(`/v1/me/consents/${purpose}`, { granted: false })
