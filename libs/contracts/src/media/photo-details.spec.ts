import { photoDetails, photoLicence } from './photo.js'

describe('what an owner says of a photo', () => {
  it('has all rights reserved unless its owner chooses another licence', () => {
    expect(photoDetails.parse({}).licence).toBe('all-rights-reserved')
    for (const licence of photoLicence.options) expect(photoDetails.parse({ licence }).licence).toBe(licence)
    expect(photoDetails.safeParse({ licence: 'cc-by-9.0' }).success).toBe(false)
  })

  it('has the line breaks of a form', () => {
    const { description, altText } = photoDetails.parse({ description: 'one\r\ntwo', altText: 'a\r\nb' })
    expect([description, altText]).toEqual(['one\ntwo', 'a\nb'])
  })

  it('is not a title that nobody could see', () => {
    expect(photoDetails.safeParse({ title: '\u3164' }).success).toBe(false)
  })
})
