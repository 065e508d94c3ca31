import { Module } from '@nestjs/common'
import { PhotoStore } from './photo-store.js'

@Module({
  providers: [PhotoStore],
  exports: [PhotoStore],
})
export class StorageModule {}
