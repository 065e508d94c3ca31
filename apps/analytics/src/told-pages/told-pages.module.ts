import { Module } from '@nestjs/common'
import { ToldPagesRepository } from './told-pages.repository.js'

@Module({ providers: [ToldPagesRepository], exports: [ToldPagesRepository] })
export class ToldPagesModule {}
