import type { TestService } from '@mpics/testing'
import { RequestMethod } from '@nestjs/common'
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js'
import { ModulesContainer } from '@nestjs/core'
import type { FastifyContextConfig } from 'fastify'

export interface Form {
  path: string
  config: FastifyContextConfig
}

const CONFIG = '__fastify_route_config__'

/** Every address to which a page posts, as the controllers have them: a new one is not forgotten. */
export function formsOf({ app }: TestService): Form[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()])
  return controllers.flatMap(({ metatype }) => {
    const { prototype } = metatype as { prototype: Record<string, unknown> }
    const handlers = Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const { value } = Object.getOwnPropertyDescriptor(prototype, name)!
      return typeof value === 'function' ? [value as object] : []
    })
    return handlers.flatMap((handler) =>
      formOf(Reflect.getMetadata(PATH_METADATA, metatype as object) as string, handler),
    )
  })
}

function formOf(prefix: string, handler: object): Form[] {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined
  const config = (Reflect.getMetadata(CONFIG, handler) ?? {}) as FastifyContextConfig
  if (method === undefined || method === RequestMethod.GET || config.edge) return []
  const path = Reflect.getMetadata(PATH_METADATA, handler) as string
  return [{ path: `${prefix}/${path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1'), config }]
}
