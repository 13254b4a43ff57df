import { retentionTests } from './retention-cases.ts'

retentionTests('postgres')
