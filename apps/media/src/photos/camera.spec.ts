import { cameraOf } from './camera.js'

describe('what is shown of a camera', () => {
  it.each([
    ['XF23mm\0SN:0042 OWNER JANE', 'XF23mm'],
    ['Canon\0EOS GARBAGE', 'Canon'],
    ['  NIKON   CORPORATION \0\0', 'NIKON CORPORATION'],
    ['35mm F1.4 DG HSM | Art 012', '35mm F1.4 DG HSM | Art 012'],
    ['iPhone 14 Pro back camera 2.220000029mm f/2.2', 'iPhone 14 Pro back camera 2.220000029mm f/2.2'],
    ['Voigtländer Nokton 35mm F1.2', 'Voigtländer Nokton 35mm F1.2'],
    ['\0hidden', undefined],
    ['jane@example.org', undefined],
    ['https://example.org/jane', undefined],
    ['SN:0042 OWNER JANE', undefined],
    ['X100 0123456789', undefined],
    ['X'.repeat(81), undefined],
    [42, undefined],
  ])('a lens %j is %j', (said, shown) => {
    expect(cameraOf({ lens: said })).toEqual(shown === undefined ? null : { lens: shown })
  })

  it.each([
    ['2015:02:11 18:03:00', '2015-02-11T18:03:00'],
    ['2016:02:29 00:00:00', '2016-02-29T00:00:00'],
    ['2015-02-11T18:03:00', '2015-02-11T18:03:00'],
    ['2015:02:29 10:00:00', undefined],
    ['2015:02:30 10:00:00', undefined],
    ['2015:06:31 10:00:00', undefined],
    ['2015:02:11 24:00:00', undefined],
    ['0000:01:01 00:00:00', undefined],
    ['0000:00:00 00:00:00', undefined],
    ['9999:99:99 00:00:00', undefined],
  ])('a time %j is %j', (said, shown) => {
    expect(cameraOf({ takenAt: said })).toEqual(shown === undefined ? null : { takenAt: shown })
  })

  it('holds numbers that a camera can mean', () => {
    expect(cameraOf({ focalLength: 6.9, aperture: 1.8, exposureTime: 0.0015625, iso: [400, 0] })).toEqual({
      focalLength: 6.9,
      aperture: 1.8,
      exposureTime: 0.0015625,
      iso: 400,
    })
    expect(cameraOf({ focalLength: 1e9, aperture: -1, exposureTime: NaN, iso: '400' })).toBeNull()
  })

  it('stays as it is when it is judged again', () => {
    const camera = { make: 'Acme', focalLength: 6.9, iso: 400, takenAt: '2015-02-11T18:03:00' }
    expect(cameraOf(camera)).toEqual(camera)
  })
})
