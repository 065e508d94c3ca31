import { z } from 'zod'
import { ConfigError } from './config-error.js'
import { defineConfig } from './define-config.js'

class ShopConfig extends defineConfig({
  SHOP_PORT: z.coerce.number().int().default(80).meta({ description: 'port of the shop' }),
  SHOP_KEY: z.string().min(8).meta({ description: 'opens the till', secret: true }),
  SHOP_NAME: z.string().optional(),
}) {
  get address() {
    return `shop:${this.SHOP_PORT}`
  }
}

const refusal = (environment: Record<string, string>) => {
  try {
    new ShopConfig(environment)
  } catch (error) {
    return (error as ConfigError).sentences
  }
  return []
}

describe('configuration', () => {
  it('reads typed values and takes an empty one as absent', () => {
    const config = new ShopConfig({ SHOP_KEY: 'abcdefgh', SHOP_PORT: '', SHOP_NAME: '' })
    expect({ ...config, address: config.address }).toEqual({
      SHOP_PORT: 80,
      SHOP_KEY: 'abcdefgh',
      SHOP_NAME: undefined,
      address: 'shop:80',
    })
  })

  it('names every wrong variable at once, with how to mend it', () => {
    expect(refusal({ SHOP_PORT: 'eighty' })).toEqual([
      'SHOP_PORT cannot be used: Invalid input: expected number, received NaN; correct it in the environment (port of the shop).',
      'SHOP_KEY is not set: give it a value in the environment (opens the till).',
    ])
  })

  it('never repeats a secret', () => {
    expect(refusal({ SHOP_KEY: 'hush' }).join()).toBe(
      'SHOP_KEY cannot be used: its form is wrong; correct it in the environment (opens the till).',
    )
  })

  it('tells of its variables for the documentation', () => {
    expect(ShopConfig.variables).toEqual([
      { name: 'SHOP_PORT', description: 'port of the shop', default: '80', required: false, secret: false },
      { name: 'SHOP_KEY', description: 'opens the till', default: undefined, required: true, secret: true },
      { name: 'SHOP_NAME', description: '', default: undefined, required: false, secret: false },
    ])
  })

  it('has no address of which nobody said whether the way there is encrypted', () => {
    expect(() => defineConfig({ SHOP_URL: z.url() })).toThrow('SHOP_URL leads to a server')
    expect(() => defineConfig({ SHOP_URL: z.url().meta({ wire: null }) })).not.toThrow()
  })
})
