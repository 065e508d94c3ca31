import { isOutage, ServiceFault } from './outage.js'

const withCode = (code: string) => Object.assign(new Error('of a socket'), { code })

describe('a service counts as away', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a connection that was cut', withCode('UND_ERR_SOCKET')],
    ['a name that nobody knows', withCode('ENOTFOUND')],
    ['a certificate that is over', withCode('CERT_HAS_EXPIRED')],
    ['no connection in time', withCode('UND_ERR_CONNECT_TIMEOUT')],
    ['no answer in time', AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason],
    ['a fault', new ServiceFault('media', 'getPhoto', 500)],
  ])('after %s', (_, error) => expect(isOutage(error)).toBe(true))

  it.each([
    ['what cannot be sent', withCode('UND_ERR_INVALID_ARG')],
    ['a caller that went away', AbortSignal.abort().reason],
    ['half a character', new URIError('URI malformed')],
    ['a fault of ours', new TypeError('undefined is not a function')],
    ['nothing', undefined],
  ])('not after %s', (_, error) => expect(isOutage(error)).toBe(false))
})
