import { Module } from '@nestjs/common'
import { ServedRequests } from './served-requests.js'

@Module({ providers: [ServedRequests], exports: [ServedRequests] })
export class ServedRequestsModule {}
