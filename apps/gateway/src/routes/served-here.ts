import type { ApiDefinition } from '@mpics/contracts'
import { Endpoint } from '@mpics/service-kit'
import { applyDecorators } from '@nestjs/common'
import { OnEdge } from './edge-route.js'
import { routeOf } from './routes.js'

/** Binds a call of the table that the gateway answers itself. */
export const ServedHere = (api: ApiDefinition): MethodDecorator => applyDecorators(Endpoint(api), OnEdge(routeOf(api)))
