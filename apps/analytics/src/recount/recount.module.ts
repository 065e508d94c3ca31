import { Module } from '@nestjs/common'
import { PageDaysModule } from '../page-days/page-days.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { SiteModule } from '../site/site.module.js'
import { MendPages } from './mend-pages.js'
import { MendSite } from './mend-site.js'
import { OpenRecounts } from './open-recounts.js'
import { StoredPages } from './stored-pages.js'
import { TotalsProjection } from './totals.projection.js'

@Module({
  imports: [PageDaysModule, PageViewsModule, SiteModule],
  providers: [MendPages, MendSite, OpenRecounts, StoredPages, TotalsProjection],
})
export class RecountModule {}
