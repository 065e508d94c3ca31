import { publicApis } from '@mpics/contracts/catalogue'
import { siteCookies } from '../cookies.js'
import { routes } from './routes.js'

const address = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

describe('the edge’s table', () => {
  it('has every public call once, and nothing else', () => {
    expect(routes.map(({ api }) => address(api)).sort()).toEqual(publicApis.map(address).sort())
  })

  it('has no call that is for services only', () => {
    const internal = routes.filter(({ api }) => typeof api.access === 'object' && 'services' in api.access)
    expect(internal.map(({ api }) => api.path)).toEqual([])
    expect(routes.filter(({ api }) => api.path.includes('/internal')).map(({ api }) => api.path)).toEqual([])
  })

  it('B32 lets only cookies pass that are listed for everybody to read', () => {
    const listed: string[] = Object.values(siteCookies).map(({ name }) => name)
    for (const name of routes.flatMap(({ cookies }) => cookies)) expect(listed).toContain(name)
  })
})
