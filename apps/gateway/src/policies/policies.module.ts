import { Module } from '@nestjs/common'
import { PoliciesInForce } from './policies-in-force.js'

@Module({ providers: [PoliciesInForce], exports: [PoliciesInForce] })
export class PoliciesModule {}
