import { choose, defaultSettings, turnOff } from './settings.js'

const ACCOUNT = '01931f3e-0000-7000-8000-000000000001'
const settings = defaultSettings(ACCOUNT)
const consents = { news: true, products: false, offers: false }

describe('mail settings', () => {
  it('change what is named and leave the rest', () => {
    const { state, changed } = choose(settings, { follows: 'weekly' }, consents)
    expect({ changed, ...state.choices }).toEqual({
      changed: true,
      follows: 'weekly',
      messages: 'immediate',
      comments: 'immediate',
      favourites: 'immediate',
    })
    expect(choose(state, { follows: 'weekly' }, consents).changed).toBe(false)
  })

  it('take back what they showed', () => {
    const shown = { ...settings.choices, system: 'locked', legal: 'locked', ...consents }
    expect(choose(settings, shown, consents).changed).toBe(false)
    expect(choose(settings, { ...shown, follows: 'off' }, consents).state.choices.follows).toBe('off')
  })

  it.each([
    ['B25', { system: 'off' }, 'notifications.category-locked'],
    ['B26', { legal: 'daily' }, 'notifications.category-locked'],
    ['B23', { news: false }, 'notifications.set-by-consent'],
    ['B23', { offers: true }, 'notifications.set-by-consent'],
  ])('%s refuse %j, and change nothing beside it', (_, wanted, code) => {
    expect(() => choose(settings, { follows: 'off', ...wanted }, consents)).toThrow(expect.objectContaining({ code }))
  })

  it('B23 one category is turned off, once, and no other', () => {
    const { state } = turnOff(settings, 'follows')
    expect(state.choices).toEqual({ ...settings.choices, follows: 'off' })
    expect(turnOff(state, 'follows').changed).toBe(false)
  })
})
