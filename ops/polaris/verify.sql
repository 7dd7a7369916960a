-- Checks that a database matches the changelog and that its data is consistent: one line per check, then "N passed, N failed".
--
--     psql -X -v ON_ERROR_STOP=1 -f ops/polaris/verify.sql
--
-- Run it on a database that liquibase:update of the same commit has brought up to date. Reads everything from one snapshot and takes no lock
-- that blocks other sessions. Exits with status 3 if a check failed.
-- PASS and FAIL lines end with the number of offenders, and up to twenty differences are listed; INFO lines do not affect the exit status.
-- mvn test -Dtest=PolarisVerifyTest,GeneratedPagesTest -Dupdate.pages writes the lists of expected objects from the changelog.
-- Lines that begin with a backslash are psql commands; any client can run the other lines.

\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

start transaction isolation level repeatable read, read only;
set local search_path = '';
set local statement_timeout = '30min';
set local lock_timeout = '5s';
-- A role that row level security would filter gets an error instead of fewer rows.
set local row_security = off;

-- Begin of the generated part, written from the changelog by mvn test -Dtest=GeneratedPagesTest -Dupdate.pages
do $changelog$
begin
    -- The changesets in order, each with the context or extension that it may wait for.
    perform set_config('verify.changesets', $list$
0001-safe-checks
0001-private-schema
0001-pgcrypto; extension pgcrypto
0001-refuse-data-loss
0001-set-updated-at
0001-refuse-rewriting
0001-is-service
0001-get-folder
0001-are-files-in-folder
0001-derive-id
0001-coaches
0001-profiles
0001-profiles-keys
0001-profiles-active-coach-key-index
0001-profiles-role-index
0001-profiles-email-index
0001-rubrics
0001-rubrics-keys
0001-rubrics-version-index
0001-catalogs
0001-catalogs-keys
0001-catalogs-coach-key-state-index
0001-catalogs-created-by-index
0001-drills
0001-drills-slug-key
0001-drills-keys
0001-drills-catalog-id-index
0001-drills-coach-key-state-type-index
0001-drills-rubric-id-index
0001-drills-created-by-index
0001-sessions
0001-sessions-id-user-id-key
0001-sessions-keys
0001-sessions-user-id-started-at-index
0001-sessions-drill-id-started-at-index
0001-sessions-coach-key-index
0001-sessions-newest-index
0001-attempts
0001-attempts-keys
0001-attempts-session-id-user-id-index
0001-attempts-user-id-created-at-index
0001-attempts-drill-id-created-at-index
0001-events
0001-events-keys
0001-events-user-id-created-at-index
0001-events-visible-index
0001-events-name-created-at-index
0001-events-append-only
0001-events-newest-index
0001-feature-flags
0001-settings
0001-audit-logs
0001-audit-logs-keys
0001-audit-logs-actor-user-id-created-at-index
0001-audit-logs-subject-user-id-created-at-index
0001-audit-logs-table-name-row-id-created-at-index
0001-audit-logs-append-only
0001-audit-logs-newest-index
0001-reports
0001-reports-keys
0001-reports-user-id-index
0001-reports-visible-index
0001-reports-handled-by-index
0001-reports-open-index
0001-reports-target-table-target-id-index
0001-daily-usage
0001-daily-usage-keys
0001-hourly-usage
0001-hourly-usage-keys
0001-leases
0001-job-runs
0001-job-runs-job-started-at-index
0001-seed-coaches
0001-seed-hourly-budgets
0001-seed-drills; context local or staging
0001-get-account
0001-is-admin
0001-is-staff
0001-get-first-visible-user
0001-get-last-visible-user
0001-get-tier
0001-get-my-tier
0001-private-log-event
0001-log-event
0001-audit-change
0001-guard-report
0001-add-usage
0001-acquire-lease
0001-release-lease
0001-try-lock
0001-unlock
0001-run-job
0001-spend-budget
0001-limit-inserts
0001-file-report
0001-report-content
0001-list-sessions
0001-list-events
0001-list-audit-logs
0001-find-profiles
0001-audited-tables
0001-hourly-budgets
0001-reports-guard
0002-safe-checks
0002-sessions-open-index
0002-handle-new-user
0002-sync-profile-email
0002-guard-profile
0002-set-user-role
0002-choose-coach
0002-guard-session
0002-start-session
0002-lock-own-session
0002-submit-session
0002-finish-session
0002-abort-session
0002-is-own-open-session
0002-guard-attempt
0002-profiles-of-accounts
0002-profiles-guard
0002-sessions-guard
0002-attempts-guard
0003-safe-checks
0003-drill-items
0003-drill-items-keys
0003-drill-items-drill-id-index
0003-drill-sets
0003-drill-sets-coach-key-section-title-version-key
0003-drill-sets-keys
0003-drill-sets-coach-key-state-section-index
0003-drill-sets-created-by-index
0003-drill-sets-approved-by-index
0003-set-members
0003-set-members-set-id-position-key
0003-set-members-keys
0003-set-members-item-id-index
0003-set-members-added-by-index
0003-guard-drill-set
0003-guard-set-member
0003-guard-drill-item
0003-is-in-a-set
0003-get-drill-item
0003-create-set-version
0003-reorder-set
0003-drill-sets-guard
0003-set-members-guard
0003-drill-items-guard
0003-v-catalog-flat
0004-safe-checks
0004-coach-staff
0004-coach-staff-keys
0004-coach-staff-coach-key-index
0004-coach-staff-audit
0004-assignments
0004-assignments-id-user-id-coach-key-key
0004-assignments-keys
0004-assignments-user-id-created-at-index
0004-assignments-coach-key-created-at-index
0004-assignments-drill-id-index
0004-assignments-set-id-index
0004-assignments-created-by-index
0004-assignments-open-drill-key-index
0004-assignments-open-set-key-index
0004-assignments-due-index
0004-assignments-newest-index
0004-assignment-attempts
0004-assignment-attempts-keys
0004-assignment-attempts-assignment-index
0004-assignment-attempts-latest-index
0004-assignment-attempts-user-id-submitted-at-index
0004-assignment-attempts-coach-key-submitted-at-index
0004-assignment-attempts-item-id-index
0004-list-staffed-coach-keys
0004-guard-assignment
0004-guard-assignment-attempt
0004-count-assignment-attempts
0004-list-open-assigned-set-ids
0004-assign
0004-lock-own-assignment
0004-start-assignment
0004-submit-assignment-attempt
0004-complete-assignment
0004-skip-assignment
0004-cancel-assignment
0004-expire-assignments
0004-run-job-assignments
0004-schedule-assignments; extension pg_cron
0004-assignments-guard
0004-assignment-attempts-guard
0004-assignment-attempts-count
0004-hourly-budgets
0004-v-assignment-latest
0004-list-assignments
0004-v-assignment-attempts-daily
0005-safe-checks
0005-tickets
0005-tickets-id-user-id-key
0005-tickets-keys
0005-tickets-user-id-index
0005-tickets-visible-index
0005-tickets-waiting-index
0005-tickets-reporter-email-index
0005-tickets-sla-index
0005-tickets-assigned-to-state-index
0005-tickets-state-last-message-at-index
0005-tickets-coach-key-index
0005-ticket-messages
0005-ticket-messages-keys
0005-ticket-messages-ticket-id-user-id-created-at-index
0005-ticket-messages-visible-index
0005-ticket-messages-user-id-created-at-index
0005-ticket-messages-author-id-created-at-index
0005-ticket-events
0005-ticket-events-keys
0005-ticket-events-ticket-id-created-at-index
0005-ticket-events-actor-id-created-at-index
0005-ticket-events-assigned-to-index
0005-guard-ticket-event
0005-compute-sla-due
0005-guard-ticket
0005-erase-tickets
0005-log-ticket-change
0005-guard-ticket-message
0005-ticket-after-message
0005-open-ticket
0005-open-ticket-for
0005-lock-reachable-ticket
0005-reply-ticket
0005-ticket-set-state
0005-ticket-mark-sla-breaches
0005-run-job-sla
0005-schedule-sla; extension pg_cron
0005-ticket-events-append-only
0005-tickets-guard
0005-profiles-erase-tickets
0005-tickets-history
0005-ticket-messages-guard
0005-ticket-messages-react
0005-hourly-budgets
0005-v-tickets-inbox
0006-safe-checks
0006-admin-messages
0006-admin-messages-keys
0006-admin-messages-state-send-at-index
0006-admin-messages-send-at-index
0006-admin-messages-author-id-index
0006-admin-messages-approved-by-index
0006-admin-messages-audit
0006-admin-message-deliveries
0006-admin-message-deliveries-message-id-user-id-channel-key
0006-admin-message-deliveries-keys
0006-admin-message-deliveries-user-id-sent-at-index
0006-admin-message-deliveries-pending-index
0006-guard-admin-message
0006-erase-message-audience
0006-guard-admin-message-delivery
0006-admin-message-set-state
0006-admin-messages-due
0006-enqueue-admin-message
0006-stop-marketing
0006-claim-deliveries
0006-mark-deliveries-sent
0006-mark-delivery-failed
0006-run-admin-message-drip
0006-list-my-admin-messages
0006-mark-admin-message
0006-run-job-drip
0006-schedule-drip; extension pg_cron
0006-admin-messages-guard
0006-profiles-erase-message-audience
0006-admin-message-deliveries-guard
0006-profiles-stop-marketing
0006-v-my-admin-messages
0006-v-admin-messages-outbox
0006-v-admin-messages-stats
0007-safe-checks
0007-sessions-completed-index
0007-get-smallest-crowd
0007-mv-drill-stats
0007-mv-drill-stats-key
0007-mv-drill-stats-daily
0007-mv-drill-stats-daily-key
0007-list-drill-stats
0007-list-drill-stats-daily
0007-v-drill-stats
0007-v-drill-stats-daily
0007-refresh-views
0007-run-job-views
0007-mnl-date
0007-schedule-views; extension pg_cron
0007-v-user-progress
0007-v-user-daily-sessions-mnl
0007-v-activity-30d-mnl
0007-v-user-rubric-trends-weekly
0007-v-user-weekly-card-mnl
0007-v-up-next-simple
0008-safe-checks
0008-made-buckets
0008-user-media-bucket
0008-public-assets-bucket
0008-storage-folder
0008-objects-access
0009-safe-checks
0009-profiles-access
0009-coaches-access
0009-rubrics-access
0009-catalogs-access
0009-drills-access
0009-sessions-access
0009-attempts-access
0009-events-access
0009-feature-flags-access
0009-settings-access
0009-job-runs-access
0009-audit-logs-access
0009-reports-access
0009-daily-usage-access
0009-drill-sets-access
0009-set-members-access
0009-drill-items-access
0009-coach-staff-access
0009-assignments-access
0009-assignment-attempts-access
0009-tickets-access
0009-ticket-messages-access
0009-ticket-events-access
0009-admin-messages-access
0009-admin-message-deliveries-access
0010-safe-checks
0010-safe-checks-vector; extension vector
0010-vector; extension vector
0010-drills-embedding; extension vector
0010-drills-embedding-check; extension vector
0010-drills-embedding-index; extension vector
0010-drills-without-embedding-index; extension vector
0010-search-catalog-embeddings; extension vector
0010-search-catalog-embeddings-drill-set-id-key; extension vector
0010-search-catalog-embeddings-drill-item-id-key; extension vector
0010-search-catalog-embeddings-keys; extension vector
0010-search-catalog-embeddings-embedding-index; extension vector
0010-search-user-embeddings; extension vector
0010-search-user-embeddings-user-id-source-type-source-id-key; extension vector
0010-search-user-embeddings-keys; extension vector
0010-search-user-embeddings-coach-key-index; extension vector
0010-embedding-queue; extension vector
0010-embedding-queue-entity-type-entity-id-key; extension vector
0010-embedding-queue-waiting-index; extension vector
0010-search-catalog; extension vector
0010-search-user-library; extension vector
0010-ask-for-embedding; extension vector
0010-enqueue-embedding; extension vector
0010-enqueue-item-embedding; extension vector
0010-forget-set-embedding; extension vector
0010-compose-embedding-text; extension vector
0010-claim-embedding-jobs; extension vector
0010-complete-embedding-job; extension vector
0010-fail-embedding-job; extension vector
0010-enqueue-missing-embeddings; extension vector
0010-drills-enqueue; extension vector
0010-sets-and-items-enqueue; extension vector
0010-drill-sets-forget-embedding; extension vector
0010-search-catalog-embeddings-access; extension vector
0010-search-user-embeddings-access; extension vector
0010-embedding-queue-access; extension vector
0010-is-search-ready
0011-safe-checks
0011-practice-packs
0011-practice-packs-id-user-id-key
0011-practice-packs-keys
0011-practice-packs-user-id-created-at-index
0011-practice-packs-session-id-index
0011-practice-packs-coach-key-index
0011-practice-packs-candidates-index
0011-practice-packs-audit
0011-practice-pack-items
0011-practice-pack-items-pack-id-order-index-key
0011-practice-pack-items-keys
0011-practice-pack-items-pack-id-user-id-index
0011-practice-pack-items-user-id-created-at-index
0011-exemplar-packs
0011-exemplar-packs-keys
0011-exemplar-packs-coach-key-published-at-index
0011-exemplar-packs-published-at-index
0011-exemplar-pack-items
0011-exemplar-pack-items-keys
0011-exemplar-pack-items-pack-id-order-index-index
0011-guard-practice-pack
0011-guard-practice-pack-item
0011-copy-exemplar-item
0011-publish-pack
0011-hide-exemplar-item
0011-set-pack-state
0011-hide-pack-item
0011-practice-packs-guard
0011-practice-pack-items-guard
0011-practice-packs-publish
0011-practice-pack-items-hide
0011-hourly-budgets
0011-practice-packs-access
0011-practice-pack-items-access
0011-exemplar-packs-access
0011-exemplar-pack-items-access
0012-safe-checks
0012-editorial-items
0012-editorial-items-slug-key
0012-editorial-items-keys
0012-editorial-items-state-state-since-index
0012-editorial-items-created-by-index
0012-editorial-items-updated-by-index
0012-editorial-item-coach-targets
0012-editorial-item-coach-targets-keys
0012-editorial-item-coach-targets-coach-key-index
0012-editorial-item-coach-targets-published-drill-id-key
0012-editorial-versions
0012-editorial-versions-editorial-item-id-version-key
0012-editorial-versions-keys
0012-editorial-versions-created-by-created-at-index
0012-editorial-transitions
0012-editorial-transitions-keys
0012-editorial-transitions-editorial-item-id-created-at-index
0012-editorial-transitions-actor-id-created-at-index
0012-editorial-flags
0012-editorial-flags-keys
0012-editorial-flags-editorial-item-id-created-at-index
0012-editorial-flags-open-index
0012-editorial-flags-created-by-index
0012-editorial-flags-resolved-by-index
0012-guard-editorial-history
0012-is-four-eyes-required
0012-has-written-editorial-item
0012-enforce-editorial-transition
0012-publish-editorial-item
0012-record-editorial-change
0012-guard-editorial-target
0012-guard-editorial-flag
0012-save-editorial-item
0012-move-editorial-item
0012-editorial-versions-append-only
0012-editorial-transitions-append-only
0012-editorial-items-workflow
0012-editorial-items-record
0012-editorial-item-coach-targets-guard
0012-editorial-flags-guard
0012-v-editorial-review-queue
0012-editorial-items-access
0012-editorial-item-coach-targets-access
0012-editorial-versions-access
0012-editorial-transitions-access
0012-editorial-flags-access
0013-safe-checks
0013-diagnostic-forms
0013-diagnostic-forms-code-key
0013-diagnostic-forms-keys
0013-diagnostic-forms-coach-key-state-index
0013-diagnostic-forms-created-by-index
0013-diagnostic-form-sections
0013-diagnostic-form-sections-keys
0013-diagnostic-form-sections-form-id-idx-key
0013-diagnostic-form-sections-id-form-id-key
0013-diagnostic-form-items
0013-diagnostic-form-items-keys
0013-diagnostic-form-items-section-id-idx-key
0013-diagnostic-form-items-id-section-id-key
0013-diagnostic-form-items-section-id-form-id-index
0013-diagnostic-form-items-form-id-index
0013-diagnostic-form-items-drill-id-index
0013-diagnostic-runs
0013-diagnostic-runs-id-user-id-key
0013-diagnostic-runs-keys
0013-diagnostic-runs-user-id-created-at-index
0013-diagnostic-runs-form-id-index
0013-diagnostic-runs-open-key
0013-diagnostic-run-items
0013-diagnostic-run-items-run-id-idx-key
0013-diagnostic-run-items-keys
0013-diagnostic-run-items-run-id-user-id-index
0013-diagnostic-run-items-user-id-created-at-index
0013-diagnostic-run-items-form-item-id-section-id-index
0013-diagnostic-run-items-drill-id-index
0013-diagnostic-run-items-unscored-index
0013-adaptive-user-skill
0013-adaptive-user-skill-keys
0013-adaptive-user-skill-coach-key-topic-index
0013-adaptive-item-calibration
0013-adaptive-item-calibration-keys
0013-adaptive-item-calibration-level-index
0013-adaptive-item-calibration-coach-key-index
0013-adaptive-history
0013-adaptive-history-keys
0013-adaptive-history-user-id-served-at-index
0013-adaptive-history-user-id-drill-id-served-at-index
0013-adaptive-history-drill-id-served-at-index
0013-adaptive-history-coach-key-index
0013-adaptive-history-open-key
0013-guard-diagnostic-form
0013-guard-diagnostic-form-part
0013-guard-diagnostic-run
0013-guard-diagnostic-run-item
0013-guard-adaptive-serving
0013-diagnostic-start
0013-lock-own-diagnostic-run
0013-compute-diagnostic-item-due
0013-serve-next-diagnostic-item
0013-move-skill
0013-settle-diagnostic-run
0013-score-diagnostic-item
0013-diagnostic-submit-item
0013-diagnostic-complete-run
0013-cancel-diagnostic-run
0013-find-nearest-drill
0013-adaptive-next-drill
0013-record-adaptive-outcome
0013-list-shown-diagnostic-form-ids
0013-diagnostic-forms-guard
0013-diagnostic-form-sections-guard
0013-diagnostic-form-items-guard
0013-diagnostic-runs-guard
0013-diagnostic-run-items-guard
0013-adaptive-history-guard
0013-diagnostic-runs-budget
0013-diagnostic-forms-access
0013-diagnostic-form-sections-access
0013-diagnostic-form-items-access
0013-diagnostic-runs-access
0013-diagnostic-run-items-access
0013-adaptive-user-skill-access
0013-adaptive-item-calibration-access
0013-adaptive-history-access
0014-safe-checks
0014-shopify-sync-state
0014-shopify-products-cache
0014-shopify-products-cache-shopify-id-key
0014-shopify-products-cache-keys
0014-shopify-products-cache-source-seen-at-index
0014-shopify-products-cache-handle-index
0014-shopify-collections-cache
0014-shopify-collections-cache-shopify-id-key
0014-shopify-collections-cache-keys
0014-shopify-collections-cache-source-seen-at-index
0014-shopify-collections-cache-handle-index
0014-shopify-product-collections
0014-shopify-product-collections-keys
0014-shopify-product-collections-collection-id-position-index
0014-upsert-shopify-products
0014-upsert-shopify-collections
0014-begin-shopify-full-sync
0014-finish-shopify-full-sync
0014-v-shopify-products-public
0014-v-shopify-collections-public
0014-shopify-products-cache-access
0014-shopify-collections-cache-access
0014-shopify-product-collections-access
0014-shopify-sync-state-access
0015-safe-checks
0015-product-rec-items
0015-product-rec-items-keys
0015-product-rec-items-shopify-product-id-index
0015-product-rec-items-created-by-index
0015-product-rec-items-updated-by-index
0015-product-rec-rules
0015-product-rec-rules-id-surface-key
0015-product-rec-rules-keys
0015-product-rec-rules-created-by-index
0015-product-rec-rules-updated-by-index
0015-product-rec-slots
0015-product-rec-slots-keys
0015-product-rec-slots-surface-position-index
0015-product-rec-slots-item-id-index
0015-product-rec-slots-rule-id-surface-index
0015-product-rec-events
0015-product-rec-events-keys
0015-product-rec-events-user-id-created-at-index
0015-product-rec-events-visible-index
0015-product-rec-events-session-id-index
0015-product-rec-events-item-id-created-at-index
0015-product-rec-events-slot-id-created-at-index
0015-product-rec-events-rule-id-created-at-index
0015-stamp-author
0015-guard-product-rec-event
0015-record-product-rec-event
0015-product-rec-items-author
0015-product-rec-rules-author
0015-product-rec-events-guard
0015-product-rec-events-budget
0015-v-product-recs-for-user
0015-v-product-recs-public
0015-product-rec-items-access
0015-product-rec-rules-access
0015-product-rec-slots-access
0015-product-rec-events-access
0016-safe-checks
0016-realtime-tokens
0016-realtime-tokens-token-hash-key
0016-realtime-tokens-keys
0016-realtime-tokens-user-id-expires-at-index
0016-realtime-tokens-session-id-user-id-index
0016-realtime-tokens-expires-at-index
0016-compute-realtime-minutes-left
0016-mint-realtime-token
0016-verify-realtime-token
0016-revoke-realtime-token
0016-revoke-session-tokens
0016-run-job-purge-realtime-tokens
0016-schedule-purge-realtime-tokens; extension pg_cron
0016-sessions-revoke-tokens
0016-v-realtime-token-valid
0016-realtime-tokens-access
0017-safe-checks
0017-limits
0017-tier-plans
0017-tier-plans-rank-key
0017-limits-catalog
0017-tier-limits
0017-tier-limits-keys
0017-tier-limits-key-index
0017-tier-limits-limits-key-index
0017-user-limits
0017-user-limits-keys
0017-user-limits-key-index
0017-limit-usage
0017-limit-usage-keys
0017-limit-usage-key-index
0017-seed-limits
0017-seed-tiers
0017-compute-limit-window-start
0017-compute-effective-limit
0017-compute-limit-usage
0017-get-effective-limit
0017-record-limit-usage
0017-get-my-usage
0017-compute-realtime-minutes-left
0017-diagnostic-start
0017-count-realtime-minutes
0017-has-upload-left
0017-limits-audit
0017-tiers-audit
0017-sessions-count-minutes
0017-v-user-limits
0017-limits-access
0017-tier-plans-access
0017-limits-catalog-access
0017-tier-limits-access
0017-user-limits-access
0017-storage-objects-upload-limit
0017-limit-usage-access
0018-safe-checks
0018-subscriptions
0018-subscriptions-provider-external-ref-key
0018-subscriptions-keys
0018-subscriptions-user-id-created-at-index
0018-subscriptions-plan-code-index
0018-subscriptions-running-index
0018-billing-profiles
0018-billing-profiles-provider-customer-ref-key
0018-billing-profiles-keys
0018-entitlements
0018-entitlements-source-source-ref-key
0018-entitlements-keys
0018-entitlements-user-id-starts-at-index
0018-entitlements-plan-code-index
0018-entitlements-subscription-id-index
0018-entitlements-granted-by-index
0018-entitlements-due-index
0018-entitlement-history
0018-entitlement-history-keys
0018-entitlement-history-user-id-index
0018-entitlement-history-visible-index
0018-entitlement-history-entitlement-id-created-at-index
0018-entitlement-history-append-only
0018-get-tier-at
0018-get-tier-live
0018-apply-entitlement-change
0018-guard-entitlement
0018-settle-tiers
0018-run-job-tiers
0018-private-grant-entitlement
0018-grant-plan
0018-revoke-entitlement
0018-schedule-tiers; extension pg_cron
0018-entitlements-changed
0018-entitlements-guard
0018-v-user-current-plan
0018-subscriptions-access
0018-billing-profiles-access
0018-entitlements-access
0018-entitlement-history-access
0019-safe-checks
0019-affiliate-programs
0019-affiliate-programs-code-key
0019-affiliates
0019-affiliates-code-key
0019-affiliates-user-id-program-id-key
0019-affiliates-id-user-id-key
0019-affiliates-keys
0019-affiliates-visible-index
0019-affiliates-program-id-index
0019-affiliates-pending-index
0019-affiliate-links
0019-affiliate-links-code-key
0019-affiliate-links-keys
0019-affiliate-links-affiliate-id-affiliate-user-id-index
0019-affiliate-links-visible-index
0019-affiliate-clicks
0019-affiliate-clicks-keys
0019-affiliate-clicks-affiliate-id-affiliate-user-id-index
0019-affiliate-clicks-visible-index
0019-affiliate-clicks-link-id-clicked-at-index
0019-affiliate-clicks-append-only
0019-affiliate-referrals
0019-affiliate-referrals-user-id-key
0019-affiliate-referrals-keys
0019-affiliate-referrals-affiliate-id-affiliate-user-id-index
0019-affiliate-referrals-visible-index
0019-affiliate-referrals-link-id-index
0019-affiliate-referrals-click-id-index
0019-affiliate-payouts
0019-affiliate-payouts-id-affiliate-id-currency-code-key
0019-affiliate-payouts-keys
0019-affiliate-payouts-affiliate-id-affiliate-user-id-index
0019-affiliate-payouts-visible-index
0019-affiliate-payouts-open-key
0019-affiliate-commissions
0019-affiliate-commissions-keys
0019-affiliate-commissions-accrued-key
0019-affiliate-commissions-reversed-key
0019-affiliate-commissions-affiliate-id-affiliate-user-id-index
0019-affiliate-commissions-visible-index
0019-affiliate-commissions-referral-id-index
0019-affiliate-commissions-payout-id-affiliate-id-currency-code-index
0019-affiliate-commissions-newest-index
0019-former-accounts
0019-guard-affiliate-program
0019-guard-affiliate
0019-guard-affiliate-referral
0019-guard-affiliate-payout
0019-guard-affiliate-commission
0019-release-affiliate-payout
0019-apply-as-affiliate
0019-lock-affiliate-for-decision
0019-set-affiliate-state
0019-set-affiliate-terms
0019-create-affiliate-link
0019-get-affiliate-link
0019-record-affiliate-click
0019-has-paid
0019-hash-email
0019-remember-former-account
0019-attach-affiliate-referral
0019-disqualify-affiliate-referral
0019-settle-affiliate-commission
0019-list-disputed-payments
0019-v-due-commissions
0019-take-affiliate-payout
0019-make-affiliate-payout
0019-set-affiliate-payout-state
0019-run-job-affiliate-payouts
0019-get-referred-person
0019-get-commission-payment
0019-schedule-affiliate-payouts; extension pg_cron
0019-affiliate-programs-guard
0019-profiles-former
0019-affiliates-guard
0019-affiliate-referrals-guard
0019-affiliate-payouts-guard
0019-affiliate-commissions-append-only
0019-affiliate-payouts-release
0019-affiliates-audit
0019-v-affiliate-clicks-daily
0019-v-affiliate-referrals-admin
0019-v-affiliate-commissions
0019-v-affiliate-commissions-admin
0019-list-affiliate-commissions
0019-v-affiliate-balances
0019-affiliate-programs-access
0019-affiliates-access
0019-affiliate-links-access
0019-affiliate-clicks-access
0019-affiliate-referrals-access
0019-affiliate-commissions-access
0019-affiliate-payouts-access
0020-safe-checks
0020-payments
0020-payments-provider-payment-ref-key
0020-payments-keys
0020-payments-user-id-index
0020-payments-visible-index
0020-payments-plan-code-index
0020-payments-subscription-id-index
0020-payments-unclaimed-index
0020-payments-disputed-index
0020-payments-provider-subscription-ref-index
0020-payments-newest-index
0020-payment-events
0020-payment-events-provider-event-id-key
0020-payment-events-keys
0020-payment-events-user-id-index
0020-payment-events-visible-index
0020-payment-events-provider-payment-ref-occurred-at-index
0020-payment-events-provider-subscription-ref-index
0020-payment-events-failed-index
0020-ledger-accounts
0020-ledger-entries
0020-ledger-entries-payment-event-id-key
0020-ledger-entries-payment-id-kind-object-ref-key
0020-ledger-entries-keys
0020-ledger-entries-d-currency-code-index
0020-ledger-postings
0020-ledger-postings-keys
0020-ledger-postings-account-code-currency-code-index
0020-seed-accounts
0020-guard-payment-event
0020-forget-payer
0020-check-entry-balances
0020-settle-payment
0020-apply-payment-event
0020-record-payment-event
0020-retry-payment-events
0020-run-job-payments
0020-dismiss-payment-event
0020-claim-payment
0020-affiliate-commissions-has-paid
0020-affiliate-commissions-disputed
0020-affiliate-commissions-function
0020-list-payments
0020-schedule-payments; extension pg_cron
0020-payment-events-append-only
0020-payer-forgotten
0020-payments-audit
0020-ledger-append-only
0020-ledger-balances
0020-affiliate-commissions-trigger
0020-v-revenue-daily
0020-v-subscriptions-active
0020-payments-access
0020-payment-events-access
0020-ledger-accounts-access
0020-ledger-entries-access
0020-ledger-postings-access
0021-safe-checks
0021-find-drill-filter-error
0021-saved-filters
0021-saved-filters-user-id-name-key
0021-saved-filters-keys
0021-saved-filters-default-index
0021-drills-created-at-index
0021-limit-saved-filters
0021-set-default-filter
0021-filter-drills
0021-filter-drills-json
0021-saved-filters-bound
0021-saved-filters-budget
0021-v-drill-facets-coach
0021-v-drill-facets-type
0021-v-drill-facets-difficulty
0021-v-drill-facets-date-daily
0021-v-drill-facets-date-weekly
0021-v-drill-facets-date-monthly
0021-v-drill-facets-overview
0021-saved-filters-access
0022-safe-checks
0022-safe-checks-adyen; context adyen
0022-adyen-accounts; context adyen
0022-adyen-accounts-merchant-account-live-key; context adyen
0022-adyen-sessions; context adyen
0022-adyen-sessions-session-id-key; context adyen
0022-adyen-sessions-keys; context adyen
0022-adyen-sessions-account-id-reference-index; context adyen
0022-adyen-sessions-user-id-index; context adyen
0022-adyen-sessions-visible-index; context adyen
0022-adyen-payments; context adyen
0022-adyen-payments-psp-reference-key; context adyen
0022-adyen-payments-keys; context adyen
0022-adyen-payments-account-id-index; context adyen
0022-adyen-payments-session-id-index; context adyen
0022-adyen-payments-user-id-index; context adyen
0022-adyen-payments-merchant-reference-created-at-index; context adyen
0022-adyen-webhook-events; context adyen
0022-adyen-webhook-events-hash; context adyen
0022-adyen-webhook-events-account-id-event-hash-key; context adyen
0022-adyen-webhook-events-keys; context adyen
0022-adyen-webhook-events-original-reference-index; context adyen
0022-adyen-upsert-payment-from-webhook; context adyen
0022-adyen-enqueue-payment-event; context adyen
0022-adyen-webhook-events-enqueue; context adyen
0022-adyen-latest-by-reference; context adyen
0022-adyen-accounts-access; context adyen
0022-adyen-payments-access; context adyen
0022-adyen-webhook-events-access; context adyen
0022-adyen-sessions-access; context adyen
0022-holdings
0023-safe-checks
0023-recon-jobs
0023-recon-jobs-keys
0023-recon-jobs-created-by-index
0023-recon-jobs-open-key
0023-recon-jobs-job-type-date-to-index
0023-recon-runs
0023-recon-runs-keys
0023-recon-runs-job-id-started-at-index
0023-recon-runs-running-key
0023-recon-findings
0023-recon-findings-keys
0023-recon-findings-job-id-index
0023-recon-findings-run-id-index
0023-recon-findings-seen-run-id-index
0023-recon-findings-resolved-run-id-index
0023-recon-findings-user-id-index
0023-recon-findings-resolved-by-index
0023-recon-findings-open-key
0023-recon-findings-open-index
0023-recon-findings-accepted-index
0023-recon-findings-audit
0023-payments-updated-at-index
0023-entitlements-updated-at-index
0023-affiliate-payouts-updated-at-index
0023-recon-enqueue-daily
0023-recon-run-start
0023-recon-run-finish
0023-recon-mark-resolved
0023-record-recon-findings
0023-find-affiliate-mismatches
0023-audit-entitlements
0023-reconcile-settlements
0023-run-job-reconciliation
0023-schedule-reconciliation; extension pg_cron
0023-v-recon-open
0023-recon-jobs-access
0023-recon-runs-access
0023-recon-findings-access
0024-safe-checks
0024-coach-switch-rules
0024-coach-switch-rules-keys
0024-coach-switches
0024-coach-switches-keys
0024-coach-switches-user-id-switched-at-index
0024-coach-switches-audit
0024-seed-coach-switch-rules
0024-guard-coach-switch
0024-get-coach-switch-state
0024-coach-next-allowed-at
0024-coach-switches-30d
0024-can-switch-coach
0024-perform-coach-switch
0024-set-user-coach
0024-coach-switch-rules-audit
0024-coach-switches-append-only
0024-v-coach-switch-status
0024-coach-switch-rules-access
0024-coach-switches-access
0025-safe-checks
0025-expression-favorites
0025-expression-favorites-keys
0025-expression-favorites-item-id-user-id-index
0025-expression-reviews
0025-expression-reviews-keys
0025-expression-reviews-item-id-user-id-index
0025-expression-reviews-due-index
0025-expression-exemplars
0025-expression-exemplars-source-item-id-coach-key-key
0025-expression-exemplars-keys
0025-expression-exemplars-coach-key-published-at-index
0025-expression-exemplars-published-index
0025-expression-exemplars-created-by-index
0025-expression-exemplars-audit
0025-can-learn-item
0025-get-review-interval
0025-keep-expression
0025-record-review
0025-guard-expression-exemplar
0025-admin-promote-expressions
0025-report-expression
0025-expression-exemplars-guard
0025-expression-favorites-budget
0025-v-review-due
0025-v-expressions-library
0025-v-exemplars-catalog
0025-v-expression-reports
0025-expression-favorites-access
0025-expression-reviews-access
0025-expression-exemplars-access
0026-safe-checks
0026-user-weekly-recaps
0026-user-weekly-recaps-keys
0026-daily-usage-day-user-id-index
0026-weekly-recap-runs
0026-v-user-weekly-minutes
0026-v-user-weekly-attempts
0026-v-user-weekly-by-coach
0026-v-user-weekly-topics
0026-v-user-weekly-recap
0026-manila-week-start
0026-make-weekly-recaps
0026-run-job-recap
0026-schedule-recap; extension pg_cron
0026-user-weekly-recaps-access
0027-safe-checks
0027-paymongo-price-map
0027-paymongo-price-map-keys
0027-paymongo-price-map-plan-code-index
0027-paymongo-price-map-audit
0027-paymongo-events
0027-paymongo-events-about-index
0027-paymongo-events-event-type-received-at-index
0027-paymongo-events-received-at-index
0027-paymongo-events-failed-index
0027-paymongo-payment-intents
0027-paymongo-payment-intents-keys
0027-paymongo-payment-intents-user-id-created-at-index
0027-paymongo-payment-intents-price-id-index
0027-paymongo-payments
0027-paymongo-payments-keys
0027-paymongo-payments-user-id-created-at-index
0027-paymongo-payments-payment-intent-id-index
0027-parse-uuid
0027-read-text
0027-read-bigint
0027-add-months
0027-is-livemode
0027-is-payment-waiting
0027-guard-provider-event
0027-build-paymongo-capture-report
0027-upsert-paymongo-payment
0027-build-paymongo-reports
0027-extract-paymongo-ids
0027-process-paymongo-event
0027-paymongo-log-event
0027-retry-paymongo-events
0027-run-job-paymongo
0027-begin-paymongo-intent
0027-forget-checkout
0027-forget-paymongo-payer
0027-schedule-paymongo; extension pg_cron
0027-paymongo-events-append-only
0027-intents-forgotten
0027-paymongo-payer-forgotten
0027-v-paymongo-events-flat
0027-paymongo-events-access
0027-paymongo-payment-intents-access
0027-paymongo-payments-access
0027-paymongo-price-map-access
0028-safe-checks
0028-paypal-price-map
0028-paypal-price-map-keys
0028-paypal-price-map-plan-code-index
0028-paypal-price-map-audit
0028-paypal-events
0028-paypal-events-about-index
0028-paypal-events-event-type-received-at-index
0028-paypal-events-received-at-index
0028-paypal-events-failed-index
0028-paypal-events-append-only
0028-paypal-orders
0028-paypal-orders-keys
0028-paypal-orders-user-id-created-at-index
0028-orders-forgotten
0028-paypal-subscriptions
0028-paypal-subscriptions-keys
0028-paypal-subscriptions-user-id-index
0028-paypal-captures
0028-paypal-captures-keys
0028-paypal-captures-user-id-created-at-index
0028-paypal-captures-order-id-index
0028-paypal-captures-subscription-id-index
0028-paypal-disputes
0028-paypal-disputes-dispute-id-key
0028-paypal-disputes-reversal-id-key
0028-paypal-disputes-payment-ref-index
0028-read-paypal-minor
0028-read-paypal-currency
0028-read-paypal-time
0028-find-paypal-linked-id
0028-build-paypal-capture-report
0028-build-waiting-paypal-reports
0028-upsert-paypal-order
0028-build-paypal-payment-reports
0028-upsert-paypal-dispute
0028-build-paypal-withheld-reports
0028-build-paypal-subscription-reports
0028-build-paypal-reports
0028-extract-paypal-ids
0028-process-paypal-event
0028-paypal-log-event
0028-retry-paypal-events
0028-run-job-paypal
0028-set-price-retired-at
0028-begin-paypal-order
0028-forget-paypal-payer
0028-schedule-paypal; extension pg_cron
0028-paypal-payer-forgotten
0028-paypal-price-map-retired
0028-v-paypal-events-flat
0028-paypal-events-access
0028-paypal-orders-access
0028-paypal-subscriptions-access
0028-paypal-captures-access
0028-paypal-disputes-access
0028-paypal-price-map-access
0029-safe-checks
0029-safe-checks-adyen; context adyen; precondition
0029-archive-schema; context adyen; precondition
0029-archive-adyen; context adyen; precondition
0029-adyen-functions; context adyen; precondition
0029-holdings-gone
$list$, true);
    -- The jobs in pg_cron: changeset, job, schedule and command.
    perform set_config('verify.jobs', $list$
0004-schedule-assignments; polaris-assignments; */15 * * * *; select public.run_job('assignments')
0005-schedule-sla; polaris-sla; */10 * * * *; select public.run_job('sla')
0006-schedule-drip; polaris-drip; */5 * * * *; select public.run_job('drip')
0007-schedule-views; polaris-views; */30 * * * *; select public.run_job('views')
0016-schedule-purge-realtime-tokens; polaris-purge-realtime-tokens; 23 * * * *; select public.run_job('purge_realtime_tokens')
0018-schedule-tiers; polaris-tiers; */5 * * * *; select public.run_job('tiers')
0019-schedule-affiliate-payouts; polaris-affiliate-payouts; 0 18 1-5 * *; select public.run_job('affiliate_payouts')
0020-schedule-payments; polaris-payments; */5 * * * *; select public.run_job('payments')
0023-schedule-reconciliation; polaris-reconciliation; 15 22 * * *; select public.run_job('reconciliation')
0026-schedule-recap; polaris-recap; */2 23 * * 6; select public.run_job('recap')
0027-schedule-paymongo; polaris-paymongo; */5 * * * *; select public.run_job('paymongo')
0028-schedule-paypal; polaris-paypal; */5 * * * *; select public.run_job('paypal')
$list$, true);
    -- A digest of each definition without white space and parentheses, because pg_dump and a restore change some of them.
    perform set_config('verify.definitions', $list$
function private.abort_session(uuid) dd035c68ce10
function private.acquire_lease(text,text,integer) 23ef4c33fdf7
function private.adaptive_next_drill(uuid,text,text) 4acecb1e3c2f
function private.add_months(timestamp with time zone,integer) e984d9a0d13a
function private.add_usage(uuid,timestamp with time zone,integer,integer,integer) 3175c2003cb2
function private.admin_message_set_state(uuid,text,timestamp with time zone) 83acfb28c0c4
function private.admin_promote_expressions(text,uuid[],text,text,smallint,text) f91a08a79958
function private.apply_as_affiliate(text,text,text,text) a7ac9272c12c
function private.apply_entitlement_change() b066a9e5a2b5
function private.apply_payment_event(uuid) 533939a2b1d1
function private.are_files_in_folder(jsonb,uuid) 9d96c374ed86
function private.assign(uuid,uuid,uuid,text,text,timestamp with time zone,date,integer) 8257ed1c94e0
function private.attach_affiliate_referral(uuid,uuid,text) 94e7da2dd937
function private.audit_change() b29b68c1ebf7
function private.audit_entitlements(uuid,timestamp with time zone,timestamp with time zone,integer) 54d4c36f5c2f
function private.begin_paymongo_intent(text,uuid,text,jsonb) ebc209d0730e
function private.begin_paypal_order(text,uuid,text,jsonb) b291bd0b0991
function private.build_paymongo_capture_report(public.paymongo_payments,text) dd0094222ff5
function private.build_paymongo_reports(public.paymongo_events) f6f88b96d7fe
function private.build_paypal_capture_report(public.paypal_captures,text) ae4f55fc161f
function private.build_paypal_payment_reports(public.paypal_events) dd8ce74da30d
function private.build_paypal_reports(public.paypal_events) d5b57797e78d
function private.build_paypal_subscription_reports(public.paypal_events) f3ac02759822
function private.build_paypal_withheld_reports(public.paypal_events) 1ac9d287792e
function private.build_waiting_paypal_reports(text,text,text) dd9039e64646
function private.can_learn_item(uuid) c14fff13eec0
function private.can_switch_coach(uuid,text) a3321fcf69ea
function private.cancel_assignment(uuid) dd0d287fad9d
function private.cancel_diagnostic_run(uuid) 3d400bb48354
function private.check_entry_balances() 6f377b82af64
function private.choose_coach(text) dec05ea8c197
function private.claim_payment(uuid,uuid,text) eb633b8407bc
function private.coach_next_allowed_at(uuid) 10497eec81cc
function private.coach_switches_30d(uuid) 33c5515b58e2
function private.complete_assignment(uuid) da1315d688d7
function private.compute_diagnostic_item_due(uuid,uuid) 71841f4633c2
function private.compute_effective_limit(uuid,text) 05df1f98c8d4
function private.compute_limit_usage(uuid,text,timestamp with time zone) ff641af4f847
function private.compute_limit_window_start(text,timestamp with time zone) b991a1accd72
function private.compute_realtime_minutes_left(uuid) 513b9273ec73
function private.compute_sla_due(text,timestamp with time zone) 1a79e3cf85ad
function private.copy_exemplar_item(public.practice_pack_items) 1032fc443c89
function private.count_assignment_attempts() 21ec5df829e7
function private.count_realtime_minutes() 1cde8ef0d560
function private.create_affiliate_link(uuid,text,text,jsonb) 94cb7a630d9c
function private.create_set_version(uuid) 0aa6c80c50e4
function private.derive_id(text,uuid) e3070245234f
function private.diagnostic_complete_run(uuid) 256f49e60a15
function private.diagnostic_start(uuid,text) b36508401a9a
function private.diagnostic_submit_item(uuid,numeric,integer,text,text) 68ce8ddd7e33
function private.dismiss_payment_event(uuid,text) 9cbb33f7e341
function private.disqualify_affiliate_referral(uuid,text) b9f12b551914
function private.enforce_editorial_transition() db055536c7fb
function private.erase_message_audience() 36d601e52644
function private.erase_tickets() e7b31d3290fb
function private.expire_assignments(integer) ae24b32838df
function private.extract_paymongo_ids(jsonb) e903dbb94c3d
function private.extract_paypal_ids(jsonb) d1056a885d74
function private.file_report(text,uuid,text) d528aac825e2
function private.find_affiliate_mismatches(uuid[],uuid[],timestamp with time zone,timestamp with time zone) eaca3a27a8be
function private.find_nearest_drill(uuid,text,text,numeric) 08af9404ffb4
function private.find_paypal_linked_id(jsonb,text) 6432bf01296f
function private.find_profiles(text) 9763a6874275
function private.finish_session(uuid,numeric,integer,numeric) e0a61766716d
function private.forget_checkout() 0413daeb315c
function private.forget_payer() b640dbab19dd
function private.forget_paymongo_payer() 91e72901273f
function private.forget_paypal_payer() ad8e4048a207
function private.get_account() f50d3b545240
function private.get_coach_switch_state(uuid) b9e1f705e649
function private.get_commission_payment(uuid) 71afe4e3d8ad
function private.get_drill_item(uuid) 09457ce06cb0
function private.get_effective_limit(uuid,text) f997aea7b17a
function private.get_first_visible_user() 594438685ce4
function private.get_folder(text) b0df66f36847
function private.get_last_visible_user() b907a68ad062
function private.get_my_tier() 5858da1a62d1
function private.get_my_usage(text) 95508df5ef2a
function private.get_referred_person(uuid) d353023581d5
function private.get_review_interval(integer) fcf482f1ec88
function private.get_smallest_crowd() cd06fab84cf9
function private.get_tier(uuid) b742d27a2116
function private.get_tier_at(uuid,timestamp with time zone) d528b27d2b4d
function private.grant_entitlement(uuid,text,text,text,timestamp with time zone,timestamp with time zone,uuid,uuid,text) 148bc030933d
function private.grant_plan(uuid,text,timestamp with time zone,text) 1f402a640db8
function private.guard_adaptive_serving() 6b13a9390d52
function private.guard_admin_message() 1dd955a4e73b
function private.guard_admin_message_delivery() 55635dededb0
function private.guard_affiliate() 1bbf5acbda9d
function private.guard_affiliate_commission() b0e648bb24dd
function private.guard_affiliate_payout() c72f24d1b52c
function private.guard_affiliate_program() 608644319f50
function private.guard_affiliate_referral() 7bbf76fe4a5f
function private.guard_assignment() e3c97f11e93f
function private.guard_assignment_attempt() b3ef04caa5ad
function private.guard_attempt() 42588c11beeb
function private.guard_coach_switch() 37bd365b97f3
function private.guard_diagnostic_form() 8100efe94950
function private.guard_diagnostic_form_part() 3f694cd39b3d
function private.guard_diagnostic_run() 9009e0ed7a82
function private.guard_diagnostic_run_item() 85d2501e8a57
function private.guard_drill_item() eec6fa039c77
function private.guard_drill_set() 35fca4527b23
function private.guard_editorial_flag() ecb6f09ff1b2
function private.guard_editorial_history() a0ff797f27d5
function private.guard_editorial_target() 261e430cd641
function private.guard_entitlement() bd756ea3e165
function private.guard_expression_exemplar() c513a132bba6
function private.guard_payment_event() cd771f833936
function private.guard_practice_pack() 9b63c9ce718a
function private.guard_practice_pack_item() 87a9cf9bbe50
function private.guard_product_rec_event() 738ec044b114
function private.guard_profile() 31bfd8541349
function private.guard_provider_event() 64697393cd9a
function private.guard_report() 2f28bffcf934
function private.guard_session() ce1473e350fa
function private.guard_set_member() 3bcba8d4ef76
function private.guard_ticket() e79b604687ad
function private.guard_ticket_event() 9bdff8ba724e
function private.guard_ticket_message() 63679b38a96c
function private.handle_new_user() 040d55bbb44b
function private.has_paid(uuid) 8b9eaa61e964
function private.has_upload_left() 5171356ff663
function private.has_written_editorial_item(uuid) eb2c8143015e
function private.hash_email(text) 282d4e553ee5
function private.hide_exemplar_item() 053ee776ecf5
function private.hide_pack_item(uuid,boolean) f9a6443ab5f3
function private.is_admin() 2aedd8de3399
function private.is_four_eyes_required() ba898e2379d8
function private.is_in_a_set(uuid) d91682f1632f
function private.is_livemode() ccf031a48e82
function private.is_own_open_session(uuid) 73ce90986647
function private.is_payment_waiting(text,text) 1668dd1b648a
function private.is_service() db35e4527788
function private.is_staff() 3d6d2f3f8bbb
function private.keep_expression(uuid) 946e1df224ec
function private.limit_inserts() f2defac0f88e
function private.limit_saved_filters() 51e3d1d99de2
function private.list_affiliate_commissions(timestamp with time zone,uuid,integer) fb17fa575a29
function private.list_assignments(timestamp with time zone,uuid,integer) 2cdf006c674e
function private.list_audit_logs(timestamp with time zone,uuid,integer) 3b8dabaceafe
function private.list_disputed_payments() de3785bb78d1
function private.list_drill_stats(boolean) 93d7dffbed91
function private.list_drill_stats_daily(uuid,boolean,date,date) ab701a341382
function private.list_events(timestamp with time zone,uuid,integer) 7f45110de651
function private.list_my_admin_messages() 6467d42f6ab4
function private.list_open_assigned_set_ids() e3b619d3cd00
function private.list_payments(timestamp with time zone,uuid,integer) a5dd5bc99c9e
function private.list_sessions(timestamp with time zone,uuid,integer) 1726879eff76
function private.list_shown_diagnostic_form_ids() 304dc0211861
function private.list_staffed_coach_keys() 36cdbcdc0722
function private.lock_affiliate_for_decision(uuid) 8408b51e00b2
function private.lock_own_assignment(uuid) c7f2e7775c83
function private.lock_own_diagnostic_run(uuid) 7830e1663dcf
function private.lock_own_session(uuid) ef524f772e79
function private.lock_reachable_ticket(uuid) 5b47f2c6c9b1
function private.log_event(text,uuid,jsonb,text,text,smallint) 5d601e78703f
function private.log_own_event(text,jsonb) 5718de6574cd
function private.log_ticket_change() bac1a77b8c67
function private.make_affiliate_payout(uuid,text) bfcaa9ba5f8c
function private.make_weekly_recaps(date,integer) 825dbd1f5494
function private.mark_admin_message(uuid,boolean) 926ef1cf207b
function private.mint_realtime_token(text,text,integer,uuid,jsonb) 1bd85581841e
function private.move_editorial_item(uuid,text,text,integer) 533621c5c859
function private.move_skill(uuid,text,text,numeric,numeric,numeric) ab8d6eabd803
function private.open_ticket(uuid,uuid,text,text,text,jsonb,text,text,text,text,text,jsonb) 672c101fc3ee
function private.parse_uuid(text) cba32cae9aba
function private.paymongo_log_event(text,text,text,jsonb,timestamp with time zone) 58aca5ea685e
function private.paypal_log_event(text,text,text,text,jsonb,timestamp with time zone) 1ec9ff7280bb
function private.perform_coach_switch(text,text) dcc9ede40c6f
function private.process_paymongo_event(text) d4814ef9cf5c
function private.process_paypal_event(text) 0c89699106b3
function private.publish_editorial_item(uuid) 827dac10da94
function private.publish_pack() e3e858fcf697
function private.read_bigint(jsonb,text[]) ca153ab5b30b
function private.read_paypal_currency(jsonb) ce89e1cd8afd
function private.read_paypal_minor(jsonb) a2defebdd139
function private.read_paypal_time(jsonb,text[]) 051c5bc0dda3
function private.read_text(jsonb,text[]) 296884256e09
function private.recon_enqueue_daily(text,date,date,jsonb,timestamp with time zone) 4bf9f353b77b
function private.recon_mark_resolved(uuid,text) 516207ec8b0e
function private.recon_run_finish(uuid,text,jsonb,text) 1a478ccf54e2
function private.recon_run_start(uuid) db78b7535cfb
function private.reconcile_settlements(text,date,jsonb) aea13646ad6c
function private.record_adaptive_outcome(uuid,uuid,text,numeric,integer,text) 3532f6951697
function private.record_affiliate_click(text,text,text,text,jsonb) a569a07a8986
function private.record_editorial_change() 6498b9df27fe
function private.record_limit_usage(uuid,text,numeric,timestamp with time zone) 33c99bef25c7
function private.record_payment_event(jsonb) 78607d080e7b
function private.record_product_rec_event(text,text,uuid,uuid,uuid,text,smallint,jsonb) 2df735c0c55f
function private.record_recon_findings(uuid,jsonb,uuid[]) a995f85b8c29
function private.record_review(uuid,boolean) c0f4cc8a9299
function private.refresh_views() 9bcca5a4e98b
function private.refuse_data_loss(regclass,boolean,name) 6a9fbc50d2b6
function private.refuse_rewriting() 8fe001a21c6d
function private.release_affiliate_payout() d7f83cf70ba5
function private.release_lease(text,text) 24c0bc19d64c
function private.remember_former_account() ba3db4049854
function private.reorder_set(uuid,uuid[]) 3f509ec1c246
function private.reply_ticket(uuid,text,jsonb,text,uuid) bbe7746456b6
function private.report_content(text,uuid,text) aaaaa79dba8e
function private.report_expression(uuid,text) dbc14ac0a853
function private.retry_payment_events(integer) 19a6edd701cd
function private.retry_paymongo_events(integer) e52576ef9334
function private.retry_paypal_events(integer) 38dc0c6b1f4e
function private.revoke_entitlement(uuid,text) 315491662f8c
function private.revoke_realtime_token(uuid,text) 599275fe4d6d
function private.revoke_session_tokens() e794e87768c8
function private.run_job(text) a613bede9f5b
function private.run_job_affiliate_payouts() f8e27bca471d
function private.run_job_assignments() 42923e7d6d2d
function private.run_job_drip() e4b538f6087e
function private.run_job_payments() 45180bc9b73d
function private.run_job_paymongo() 77eaed577080
function private.run_job_paypal() 079c402bbc19
function private.run_job_purge_realtime_tokens() 6dc47d42c13c
function private.run_job_recap() d4939bf18e1f
function private.run_job_reconciliation() 1e65d306fd07
function private.run_job_sla() f6fa8b90e544
function private.run_job_tiers() ab5c94aa3804
function private.run_job_views() 3218c36ecc42
function private.save_editorial_item(uuid,integer,jsonb,text) c08e4439ba21
function private.score_diagnostic_item(uuid,numeric,jsonb) 1cc3664d9599
function private.serve_next_diagnostic_item(uuid) 036597bcd004
function private.set_affiliate_payout_state(uuid,text,text,text) 68adb5645dd9
function private.set_affiliate_state(uuid,text,text) aedef8702056
function private.set_affiliate_terms(uuid,integer,integer) 58ab809480ae
function private.set_pack_state(uuid,text,integer) cec75aa17bb6
function private.set_price_retired_at() 891899ba5215
function private.set_updated_at() e9e883ecc5a3
function private.set_user_coach(uuid,text,text) 635811b71a5b
function private.set_user_role(uuid,text) 24b0fb3f2cc1
function private.settle_affiliate_commission(text,text,uuid,text,bigint,timestamp with time zone,boolean) 366b472dcf9e
function private.settle_diagnostic_run(uuid) c8277c3714d7
function private.settle_payment(uuid) 82c4b7502585
function private.settle_payment_commission() c08ce624d1b2
function private.settle_tiers(integer) 6438d415b0f9
function private.skip_assignment(uuid) 8873cd63d76a
function private.spend_budget(text,bigint) 031d3b74e06d
function private.stamp_author() 861fd818c555
function private.start_assignment(uuid) 161478ba545a
function private.start_session(uuid,uuid,text,text) c15fc0fd53e3
function private.stop_marketing() 878f928d196e
function private.submit_assignment_attempt(uuid,jsonb,uuid,integer,jsonb,uuid) cde9e6971df7
function private.submit_session(uuid) 512be75bfcb8
function private.sync_profile_email() 93aa9f3def11
function private.take_affiliate_payout(uuid,text) 2b2b680a5ced
function private.ticket_after_message() a044296d8966
function private.ticket_set_state(uuid,text) 33f90c7beeb9
function private.upsert_paymongo_payment(jsonb,jsonb,text) 6d11ed8d1f20
function private.upsert_paypal_dispute(text,text,text,jsonb) 2ad670148ac7
function private.upsert_paypal_order(text,jsonb,text) f595872fef08
function public.abort_session(uuid) 436818004d4c
function public.acquire_lease(text,text,integer) be24b8535a99
function public.adaptive_next_drill(uuid,text,text) 14010ee67b19
function public.admin_message_set_state(uuid,text,timestamp with time zone) 951231a4decc
function public.admin_messages_due(timestamp with time zone) e5cd47b53dc9
function public.admin_promote_expressions(text,uuid[],text,text,smallint,text) 459ea918b750
function public.apply_as_affiliate(text,text,text,text) e99e2c0f248b
function public.assign(uuid,uuid,uuid,text,text,timestamp with time zone,date,integer) dface0e1ca1f
function public.attach_affiliate_referral(uuid,uuid,text) 05d9b4ee9e32
function public.begin_paymongo_intent(text,uuid,text,jsonb) db737a9f323c
function public.begin_paypal_order(text,uuid,text,jsonb) 00b805fe856f
function public.begin_shopify_full_sync(text) e235cf3556cd
function public.can_switch_coach(uuid,text) 17a4faa2f973
function public.cancel_assignment(uuid) e7d61fc551df
function public.cancel_diagnostic_run(uuid) 13e149c571ca
function public.choose_coach(text) 9a8768c192b2
function public.claim_deliveries(text,integer,text) ad8016835acf
function public.claim_payment(uuid,uuid,text) 90adae487ee0
function public.coach_next_allowed_at(uuid) 909a7f076aff
function public.coach_switches_30d(uuid) 23043b9b7377
function public.complete_assignment(uuid) 78d622d3eb04
function public.compute_sla_due(text,timestamp with time zone) f73c182a194d
function public.create_affiliate_link(uuid,text,text,jsonb) c985e4a38828
function public.create_set_version(uuid) 6fa09a9374ee
function public.diagnostic_complete_run(uuid) 8da2295682fe
function public.diagnostic_start(uuid,text) 57a54b5b9e40
function public.diagnostic_submit_item(uuid,numeric,integer,text,text) ff965d0350ec
function public.dismiss_payment_event(uuid,text) 890d5bb4785d
function public.disqualify_affiliate_referral(uuid,text) 9cb4ad9f33df
function public.enqueue_admin_message(uuid,integer) a3a1c320a88d
function public.expire_assignments(integer) 12c7ce55f35a
function public.filter_drills(text[],text[],smallint[],timestamp with time zone,timestamp with time zone,integer,uuid) f0fddf56e832
function public.filter_drills_json(jsonb,integer,uuid) 5aa2e7f8d3f9
function public.find_drill_filter_error(jsonb) c849c58787b4
function public.find_profiles(text) fd0125598a0d
function public.finish_session(uuid,numeric,integer,numeric) e0ae5c9de443
function public.finish_shopify_full_sync(uuid,integer,integer,text) 76d2bb765c92
function public.get_affiliate_link(text) 874148716959
function public.get_drill_item(uuid) 0099211f7878
function public.get_effective_limit(uuid,text) 6ea3fb17175c
function public.grant_plan(uuid,text,timestamp with time zone,text) 786345d4a54a
function public.hide_pack_item(uuid,boolean) f24c9c050132
function public.is_admin(uuid) b761583896ed
function public.is_search_ready() b877a70f3ebf
function public.keep_expression(uuid) cb230c902ffc
function public.list_affiliate_commissions(timestamp with time zone,uuid,integer) 48c121524314
function public.list_assignments(timestamp with time zone,uuid,integer) 768e234f9a49
function public.list_audit_logs(timestamp with time zone,uuid,integer) ae44fe08bbbe
function public.list_drill_stats_daily(uuid,date,date) ecfcabfce44c
function public.list_events(timestamp with time zone,uuid,integer) 309bab40123f
function public.list_payments(timestamp with time zone,uuid,integer) d94dfbb981ba
function public.list_sessions(timestamp with time zone,uuid,integer) 111c4c2a7f90
function public.log_event(text,jsonb) b42f8b3f2685
function public.make_affiliate_payout(uuid,text) cd5bf1885b14
function public.make_weekly_recaps(date,integer) ee7e33d0c615
function public.manila_week_start(timestamp with time zone) 8478df735760
function public.mark_admin_message(uuid,boolean) 47a616d0dc96
function public.mark_deliveries_sent(uuid[]) 9dd77c9c8602
function public.mark_delivery_failed(uuid,text,text,boolean) 40d751af08da
function public.mint_realtime_token(text,text,integer,uuid,jsonb) cb49756838d1
function public.mnl_date(timestamp with time zone) 191f59c4d19a
function public.move_editorial_item(uuid,text,text,integer) 223677570465
function public.open_ticket(text,text,text,jsonb,text,text,jsonb,uuid) eb86ffe24116
function public.open_ticket_for(uuid,text,text,text,text,text,text,text,jsonb,jsonb,uuid) d53d5ce5bea6
function public.paymongo_log_event(text,text,text,jsonb,timestamp with time zone) f0e5f6bf999a
function public.paypal_log_event(text,text,text,text,jsonb,timestamp with time zone) 9292c719dd02
function public.perform_coach_switch(text,text) 54f1d12ca2d5
function public.recon_enqueue_daily(text,date,date,jsonb,timestamp with time zone) b0099be6f01f
function public.recon_mark_resolved(uuid,text) 5cf6c61be760
function public.recon_run_finish(uuid,text,jsonb,text) d3946ba37151
function public.recon_run_start(uuid) 019701bc8545
function public.reconcile_settlements(text,date,jsonb) ee463f28539e
function public.record_adaptive_outcome(uuid,uuid,text,numeric,integer,text) 2081773e71f3
function public.record_affiliate_click(text,text,text,text,jsonb) 66cd96066846
function public.record_limit_usage(uuid,text,numeric) d0c59c7c9559
function public.record_payment_event(jsonb) a1765f1bf111
function public.record_product_rec_event(text,text,uuid,uuid,uuid,text,smallint,jsonb) 619fce388e80
function public.record_review(uuid,boolean) dfdd2adbf33c
function public.refresh_views() 11cda9663272
function public.release_lease(text,text) 9a4bd4ce526d
function public.reorder_set(uuid,uuid[]) 70da2a2e969a
function public.reply_ticket(uuid,text,jsonb,text,uuid) 744bc0ddd2b6
function public.report_content(text,uuid,text) e5edbdd77d6c
function public.report_expression(uuid,text) ee049dd8c6d0
function public.retry_payment_events(integer) e1d132f72e57
function public.retry_paymongo_events(integer) e7dd1fdd76a1
function public.retry_paypal_events(integer) ac8d254dab40
function public.revoke_entitlement(uuid,text) f8cb7dde1c9f
function public.revoke_realtime_token(uuid,text) 40c5f283186b
function public.run_admin_message_drip(integer) 451940f8ef93
function public.run_job(text) b6673002312c
function public.save_editorial_item(uuid,integer,jsonb,text) d3e39b54d239
function public.score_diagnostic_item(uuid,numeric,jsonb) 8613a311b169
function public.serve_next_diagnostic_item(uuid) 0060e16feb4e
function public.set_affiliate_payout_state(uuid,text,text,text) 24782fbe201c
function public.set_affiliate_state(uuid,text,text) 21b5b9590753
function public.set_affiliate_terms(uuid,integer,integer) c9349a6283c8
function public.set_default_filter(uuid) 0770376c0fef
function public.set_pack_state(uuid,text,integer) cbeee00757a2
function public.set_user_coach(uuid,text,text) 47b6098f3dc4
function public.set_user_role(uuid,text) e9fca957fa2c
function public.settle_tiers(integer) 06b091c6122a
function public.skip_assignment(uuid) 3706e4b5b76c
function public.start_assignment(uuid) db85616846cb
function public.start_session(uuid,uuid,text,text) ab19fe5b09f7
function public.storage_folder(text) 30029e8eb4ca
function public.submit_assignment_attempt(uuid,jsonb,uuid,integer,jsonb,uuid) 4d52e5e8a529
function public.submit_session(uuid) dbfe705634d0
function public.ticket_mark_sla_breaches(integer) 4ce0782bd035
function public.ticket_set_state(uuid,text) 170e79b9101d
function public.try_lock(text) ee2baef462f6
function public.unlock(text) aedb07bd102b
function public.upsert_shopify_collections(jsonb,text,text) 3a3b643814a7
function public.upsert_shopify_products(jsonb,text,text) cb1b50959d0b
function public.verify_realtime_token(text) ff4c8582d259
materialized view private.mv_drill_stats 3565387802d4
materialized view private.mv_drill_stats_daily ca2762d618fe
policy public.adaptive_history adaptive_history_select_own 0ce65df5278b
policy public.adaptive_item_calibration adaptive_item_calibration_delete_admin 1b2d2b920f9f
policy public.adaptive_item_calibration adaptive_item_calibration_insert_admin 8bd2c66cdc5d
policy public.adaptive_item_calibration adaptive_item_calibration_select_admin 108505cb608e
policy public.adaptive_item_calibration adaptive_item_calibration_update_admin f843da47da4b
policy public.adaptive_user_skill adaptive_user_skill_select_own 0ce65df5278b
policy public.admin_message_deliveries admin_message_deliveries_select_own a46d03d3bfa2
policy public.admin_messages admin_messages_delete_admin 87c645d96b1c
policy public.admin_messages admin_messages_insert_admin 8bd2c66cdc5d
policy public.admin_messages admin_messages_select_admin 108505cb608e
policy public.admin_messages admin_messages_update_admin f843da47da4b
policy public.affiliate_clicks affiliate_clicks_select_own 968ece8ca6d8
policy public.affiliate_commissions affiliate_commissions_select_own 968ece8ca6d8
policy public.affiliate_links affiliate_links_select_own 968ece8ca6d8
policy public.affiliate_links affiliate_links_update_own 453c99c74992
policy public.affiliate_payouts affiliate_payouts_select_own 968ece8ca6d8
policy public.affiliate_programs affiliate_programs_insert_admin 8bd2c66cdc5d
policy public.affiliate_programs affiliate_programs_select_learner 5072d33630ed
policy public.affiliate_programs affiliate_programs_update_admin f843da47da4b
policy public.affiliate_referrals affiliate_referrals_select_own 968ece8ca6d8
policy public.affiliates affiliates_select_own 404a4f5756a7
policy public.affiliates affiliates_update_own e490840379a8
policy public.assignment_attempts assignment_attempts_select_party cbcb56df84a0
policy public.assignments assignments_select_party cbcb56df84a0
policy public.assignments assignments_update_assigner d04d6ab48363
policy public.attempts attempts_insert_own 48cc4d9dda4f
policy public.attempts attempts_select_own 0ce65df5278b
policy public.audit_logs audit_logs_select_admin 108505cb608e
policy public.billing_profiles billing_profiles_select_own 0ce65df5278b
policy public.catalogs catalogs_delete_admin 1b2d2b920f9f
policy public.catalogs catalogs_insert_admin 8bd2c66cdc5d
policy public.catalogs catalogs_select_learner 1b9747a82ee1
policy public.catalogs catalogs_update_admin f843da47da4b
policy public.coach_staff coach_staff_delete_admin 1b2d2b920f9f
policy public.coach_staff coach_staff_insert_admin 8bd2c66cdc5d
policy public.coach_staff coach_staff_select_own 0ce65df5278b
policy public.coach_switch_rules coach_switch_rules_insert_admin 8bd2c66cdc5d
policy public.coach_switch_rules coach_switch_rules_select_learner 5072d33630ed
policy public.coach_switch_rules coach_switch_rules_update_admin f843da47da4b
policy public.coach_switches coach_switches_select_own 0ce65df5278b
policy public.coaches coaches_delete_admin 1b2d2b920f9f
policy public.coaches coaches_insert_admin 8bd2c66cdc5d
policy public.coaches coaches_select_learner 6ba581420143
policy public.coaches coaches_select_visitor 98df3ff3fbeb
policy public.coaches coaches_update_admin f843da47da4b
policy public.daily_usage daily_usage_select_own 0ce65df5278b
policy public.diagnostic_form_items diagnostic_form_items_delete_admin 1b2d2b920f9f
policy public.diagnostic_form_items diagnostic_form_items_insert_admin 8bd2c66cdc5d
policy public.diagnostic_form_items diagnostic_form_items_select_admin 108505cb608e
policy public.diagnostic_form_items diagnostic_form_items_update_admin f843da47da4b
policy public.diagnostic_form_sections diagnostic_form_sections_delete_admin 1b2d2b920f9f
policy public.diagnostic_form_sections diagnostic_form_sections_insert_admin 8bd2c66cdc5d
policy public.diagnostic_form_sections diagnostic_form_sections_select_learner 9a769158716f
policy public.diagnostic_form_sections diagnostic_form_sections_update_admin f843da47da4b
policy public.diagnostic_forms diagnostic_forms_delete_admin 1b2d2b920f9f
policy public.diagnostic_forms diagnostic_forms_insert_admin 8bd2c66cdc5d
policy public.diagnostic_forms diagnostic_forms_select_learner 0c53d7870650
policy public.diagnostic_forms diagnostic_forms_update_admin f843da47da4b
policy public.diagnostic_run_items diagnostic_run_items_select_own 0ce65df5278b
policy public.diagnostic_runs diagnostic_runs_select_own 0ce65df5278b
policy public.diagnostic_runs diagnostic_runs_update_own e490840379a8
policy public.drill_items drill_items_delete_admin 1b2d2b920f9f
policy public.drill_items drill_items_insert_admin 8bd2c66cdc5d
policy public.drill_items drill_items_select_learner bcbf604fa665
policy public.drill_items drill_items_update_admin f843da47da4b
policy public.drill_sets drill_sets_delete_admin 1b2d2b920f9f
policy public.drill_sets drill_sets_insert_admin 8bd2c66cdc5d
policy public.drill_sets drill_sets_select_learner 855d5f29910f
policy public.drill_sets drill_sets_update_admin f843da47da4b
policy public.drills drills_delete_admin 1b2d2b920f9f
policy public.drills drills_insert_admin 8bd2c66cdc5d
policy public.drills drills_select_learner 5f15a1cec141
policy public.drills drills_update_admin f843da47da4b
policy public.editorial_flags editorial_flags_insert_admin 8bd2c66cdc5d
policy public.editorial_flags editorial_flags_select_admin 108505cb608e
policy public.editorial_flags editorial_flags_update_admin f843da47da4b
policy public.editorial_item_coach_targets editorial_item_coach_targets_delete_admin 1b2d2b920f9f
policy public.editorial_item_coach_targets editorial_item_coach_targets_insert_admin 8bd2c66cdc5d
policy public.editorial_item_coach_targets editorial_item_coach_targets_select_admin 108505cb608e
policy public.editorial_items editorial_items_delete_admin 87c645d96b1c
policy public.editorial_items editorial_items_insert_admin 8bd2c66cdc5d
policy public.editorial_items editorial_items_select_admin 108505cb608e
policy public.editorial_transitions editorial_transitions_select_admin 108505cb608e
policy public.editorial_versions editorial_versions_select_admin 108505cb608e
policy public.entitlement_history entitlement_history_select_own 404a4f5756a7
policy public.entitlements entitlements_select_own 0ce65df5278b
policy public.events events_select_own 404a4f5756a7
policy public.exemplar_pack_items exemplar_pack_items_select_learner 5072d33630ed
policy public.exemplar_packs exemplar_packs_select_learner 5072d33630ed
policy public.expression_exemplars expression_exemplars_delete_admin 9d21dc2442b2
policy public.expression_exemplars expression_exemplars_insert_admin 8bd2c66cdc5d
policy public.expression_exemplars expression_exemplars_select_learner 17a90b521dab
policy public.expression_exemplars expression_exemplars_update_admin f843da47da4b
policy public.expression_favorites expression_favorites_delete_own ffe6eda5aa56
policy public.expression_favorites expression_favorites_insert_own 85901198f8df
policy public.expression_favorites expression_favorites_select_own 0ce65df5278b
policy public.expression_reviews expression_reviews_select_own 0ce65df5278b
policy public.expression_reviews expression_reviews_update_own e490840379a8
policy public.feature_flags feature_flags_delete_admin 1b2d2b920f9f
policy public.feature_flags feature_flags_insert_admin 8bd2c66cdc5d
policy public.feature_flags feature_flags_select_client 0c0e735e2da5
policy public.feature_flags feature_flags_update_admin f843da47da4b
policy public.job_runs job_runs_select_admin 108505cb608e
policy public.ledger_accounts ledger_accounts_select_admin 108505cb608e
policy public.ledger_entries ledger_entries_select_admin 108505cb608e
policy public.ledger_postings ledger_postings_select_admin 108505cb608e
policy public.limit_usage limit_usage_select_own 0ce65df5278b
policy public.limits limits_delete_admin 1b2d2b920f9f
policy public.limits limits_insert_admin 8bd2c66cdc5d
policy public.limits limits_select_learner 5072d33630ed
policy public.limits limits_update_admin f843da47da4b
policy public.limits_catalog limits_catalog_delete_admin 1b2d2b920f9f
policy public.limits_catalog limits_catalog_insert_admin 8bd2c66cdc5d
policy public.limits_catalog limits_catalog_select_learner 5072d33630ed
policy public.limits_catalog limits_catalog_update_admin f843da47da4b
policy public.payment_events payment_events_select_own 404a4f5756a7
policy public.payments payments_select_own 404a4f5756a7
policy public.paymongo_events paymongo_events_select_admin 108505cb608e
policy public.paymongo_payment_intents paymongo_payment_intents_select_admin 108505cb608e
policy public.paymongo_payments paymongo_payments_select_admin 108505cb608e
policy public.paymongo_price_map paymongo_price_map_insert_admin 8bd2c66cdc5d
policy public.paymongo_price_map paymongo_price_map_select_admin 108505cb608e
policy public.paymongo_price_map paymongo_price_map_update_admin f843da47da4b
policy public.paypal_captures paypal_captures_select_admin 108505cb608e
policy public.paypal_disputes paypal_disputes_select_admin 108505cb608e
policy public.paypal_events paypal_events_select_admin 108505cb608e
policy public.paypal_orders paypal_orders_select_admin 108505cb608e
policy public.paypal_price_map paypal_price_map_insert_admin 8bd2c66cdc5d
policy public.paypal_price_map paypal_price_map_select_admin 108505cb608e
policy public.paypal_price_map paypal_price_map_update_admin f843da47da4b
policy public.paypal_subscriptions paypal_subscriptions_select_admin 108505cb608e
policy public.practice_pack_items practice_pack_items_delete_own ffe6eda5aa56
policy public.practice_pack_items practice_pack_items_insert_own 14c129456b9d
policy public.practice_pack_items practice_pack_items_select_own 0ce65df5278b
policy public.practice_pack_items practice_pack_items_update_own e490840379a8
policy public.practice_packs practice_packs_delete_own 9e7ceed7ca5a
policy public.practice_packs practice_packs_insert_own 216dcf65c48a
policy public.practice_packs practice_packs_select_own 0ce65df5278b
policy public.practice_packs practice_packs_update_own e490840379a8
policy public.product_rec_events product_rec_events_select_own 404a4f5756a7
policy public.product_rec_items product_rec_items_delete_admin 1b2d2b920f9f
policy public.product_rec_items product_rec_items_insert_admin 8bd2c66cdc5d
policy public.product_rec_items product_rec_items_select_learner be4638ab4860
policy public.product_rec_items product_rec_items_select_visitor 0b02e11d4815
policy public.product_rec_items product_rec_items_update_admin f843da47da4b
policy public.product_rec_rules product_rec_rules_delete_admin 1b2d2b920f9f
policy public.product_rec_rules product_rec_rules_insert_admin 8bd2c66cdc5d
policy public.product_rec_rules product_rec_rules_select_learner be4638ab4860
policy public.product_rec_rules product_rec_rules_select_visitor 0b02e11d4815
policy public.product_rec_rules product_rec_rules_update_admin f843da47da4b
policy public.product_rec_slots product_rec_slots_delete_admin 1b2d2b920f9f
policy public.product_rec_slots product_rec_slots_insert_admin 8bd2c66cdc5d
policy public.product_rec_slots product_rec_slots_select_learner 64a85221beff
policy public.product_rec_slots product_rec_slots_select_visitor c7ef6bda6bef
policy public.product_rec_slots product_rec_slots_update_admin f843da47da4b
policy public.profiles "read own profile" d50769529bd2
policy public.profiles "update own profile" df2b69a52f51
policy public.realtime_tokens realtime_tokens_select_own 0ce65df5278b
policy public.recon_findings recon_findings_select_admin 108505cb608e
policy public.recon_jobs recon_jobs_select_admin 108505cb608e
policy public.recon_runs recon_runs_select_admin 108505cb608e
policy public.reports reports_select_own 404a4f5756a7
policy public.reports reports_update_admin e27dfe2602b3
policy public.rubrics rubrics_delete_admin 1b2d2b920f9f
policy public.rubrics rubrics_insert_admin 8bd2c66cdc5d
policy public.rubrics rubrics_select_learner 98161b8ee59c
policy public.rubrics rubrics_update_admin f843da47da4b
policy public.saved_filters saved_filters_delete_own ffe6eda5aa56
policy public.saved_filters saved_filters_insert_own 216dcf65c48a
policy public.saved_filters saved_filters_select_own 0ce65df5278b
policy public.saved_filters saved_filters_update_own e490840379a8
policy public.sessions sessions_select_own 0ce65df5278b
policy public.sessions sessions_update_own e490840379a8
policy public.set_members set_members_delete_admin 1b2d2b920f9f
policy public.set_members set_members_insert_admin 8bd2c66cdc5d
policy public.set_members set_members_select_learner b9774b25c6de
policy public.set_members set_members_update_admin f843da47da4b
policy public.settings settings_delete_admin 1b2d2b920f9f
policy public.settings settings_insert_admin 8bd2c66cdc5d
policy public.settings settings_select_admin 108505cb608e
policy public.settings settings_update_admin f843da47da4b
policy public.shopify_collections_cache shopify_collections_cache_select_learner 3f0552bd0b72
policy public.shopify_collections_cache shopify_collections_cache_select_visitor 369ae9f1c4ec
policy public.shopify_collections_cache shopify_collections_cache_update_admin f843da47da4b
policy public.shopify_product_collections shopify_product_collections_select_learner 2f39041563b6
policy public.shopify_product_collections shopify_product_collections_select_visitor d610b84159d3
policy public.shopify_products_cache shopify_products_cache_select_learner 3f0552bd0b72
policy public.shopify_products_cache shopify_products_cache_select_visitor 369ae9f1c4ec
policy public.shopify_products_cache shopify_products_cache_update_admin f843da47da4b
policy public.shopify_sync_state shopify_sync_state_select_admin 108505cb608e
policy public.subscriptions subscriptions_select_own 0ce65df5278b
policy public.ticket_events ticket_events_select_admin 108505cb608e
policy public.ticket_messages ticket_messages_select_own cc9e23e8bc6a
policy public.tickets tickets_select_own 404a4f5756a7
policy public.tickets tickets_update_admin f843da47da4b
policy public.tier_limits tier_limits_delete_admin 1b2d2b920f9f
policy public.tier_limits tier_limits_insert_admin 8bd2c66cdc5d
policy public.tier_limits tier_limits_select_learner 5072d33630ed
policy public.tier_limits tier_limits_update_admin f843da47da4b
policy public.tier_plans tier_plans_insert_admin 8bd2c66cdc5d
policy public.tier_plans tier_plans_select_learner 6ba581420143
policy public.tier_plans tier_plans_select_visitor 98df3ff3fbeb
policy public.tier_plans tier_plans_update_admin f843da47da4b
policy public.user_limits user_limits_delete_admin 1b2d2b920f9f
policy public.user_limits user_limits_insert_admin 8bd2c66cdc5d
policy public.user_limits user_limits_select_own 0ce65df5278b
policy public.user_limits user_limits_update_admin f843da47da4b
policy public.user_weekly_recaps user_weekly_recaps_select_own 0ce65df5278b
policy storage.objects objects_delete_polaris 0602e9c7bd36
policy storage.objects objects_insert_polaris 0d037fea9326
policy storage.objects objects_select_polaris 388fa606d6ce
policy storage.objects objects_update_polaris 1c6f7299dcbd
trigger auth.users polaris_user_created 79a6ac28b278
trigger auth.users polaris_user_email_changed 1493d396cad7
trigger public.adaptive_history adaptive_history_guard 7d74ced7d21c
trigger public.adaptive_item_calibration adaptive_item_calibration_updated_at 6a27b6dc8b54
trigger public.adaptive_user_skill adaptive_user_skill_updated_at e2be84459335
trigger public.admin_message_deliveries admin_message_deliveries_guard 530af93435ba
trigger public.admin_messages admin_messages_audit fe8534bf4be4
trigger public.admin_messages admin_messages_guard cd86e3d7c1a0
trigger public.admin_messages admin_messages_updated_at 2de02aecf5c8
trigger public.affiliate_clicks affiliate_clicks_append_only eb5f819b68a3
trigger public.affiliate_clicks affiliate_clicks_no_truncate 5206d01d9a7b
trigger public.affiliate_commissions affiliate_commissions_append_only 95265b01bb7d
trigger public.affiliate_commissions affiliate_commissions_no_truncate 3c8f8d1c486a
trigger public.affiliate_links affiliate_links_updated_at 5c4648def770
trigger public.affiliate_payouts affiliate_payouts_audit cfbb38e67de4
trigger public.affiliate_payouts affiliate_payouts_guard acde31e8a9b0
trigger public.affiliate_payouts affiliate_payouts_release bbf21f1a10fd
trigger public.affiliate_payouts affiliate_payouts_updated_at 051d9b004954
trigger public.affiliate_programs affiliate_programs_audit 28b4443e0d10
trigger public.affiliate_programs affiliate_programs_guard 8f90f69227e0
trigger public.affiliate_programs affiliate_programs_updated_at 11e1b9df44db
trigger public.affiliate_referrals affiliate_referrals_audit 9dc757cde639
trigger public.affiliate_referrals affiliate_referrals_guard e3b4c7ce80b6
trigger public.affiliates affiliates_audit d187ade9d81a
trigger public.affiliates affiliates_guard 84e42c85551c
trigger public.affiliates affiliates_updated_at bba1f9735016
trigger public.assignment_attempts assignment_attempts_budget c69813a49c20
trigger public.assignment_attempts assignment_attempts_count 547bcec34c4b
trigger public.assignment_attempts assignment_attempts_guard 5196c54c166f
trigger public.assignment_attempts assignment_attempts_updated_at ea5978b3cf67
trigger public.assignments assignments_budget b5345189599a
trigger public.assignments assignments_guard 59a00b0b2b0a
trigger public.assignments assignments_updated_at d604cdcf6976
trigger public.attempts attempts_budget a2bbbe24a1f4
trigger public.attempts attempts_guard a4613a01417d
trigger public.audit_logs audit_logs_append_only 71a66d9e8ee5
trigger public.audit_logs audit_logs_no_truncate c5d702d124b2
trigger public.billing_profiles billing_profiles_updated_at 2e2e0a756593
trigger public.catalogs catalogs_updated_at 1b4a4daff775
trigger public.coach_staff coach_staff_audit 7617a4aafc3c
trigger public.coach_switch_rules coach_switch_rules_audit 010e1d17f75b
trigger public.coach_switch_rules coach_switch_rules_updated_at 71b0093adaad
trigger public.coach_switches coach_switches_append_only 2820c18bb7a5
trigger public.coach_switches coach_switches_audit 72cbeadd3d1f
trigger public.coach_switches coach_switches_no_truncate 143db97258a5
trigger public.coaches coaches_audit 3b893928f51b
trigger public.coaches coaches_updated_at 37622c84cf6c
trigger public.diagnostic_form_items diagnostic_form_items_guard df54ac0654ef
trigger public.diagnostic_form_sections diagnostic_form_sections_guard cb5a5de0c425
trigger public.diagnostic_forms diagnostic_forms_guard fde380d6ae91
trigger public.diagnostic_forms diagnostic_forms_updated_at a8b4ee80a7be
trigger public.diagnostic_run_items diagnostic_run_items_guard 6133ba29d3ff
trigger public.diagnostic_run_items diagnostic_run_items_updated_at aaec117d9658
trigger public.diagnostic_runs diagnostic_runs_budget e321964227b3
trigger public.diagnostic_runs diagnostic_runs_guard 4b28f6bccb0e
trigger public.diagnostic_runs diagnostic_runs_updated_at 66e4fc4a295c
trigger public.drill_items drill_items_guard 866db7b5a89e
trigger public.drill_items drill_items_updated_at 9802e93ac26f
trigger public.drill_sets drill_sets_guard d21a5503bca2
trigger public.drill_sets drill_sets_updated_at 4feaec1f841e
trigger public.drills drills_updated_at 10b3e69b1da4
trigger public.editorial_flags editorial_flags_guard a4da5eecbcaa
trigger public.editorial_item_coach_targets editorial_item_coach_targets_guard fb7cfe9541d2
trigger public.editorial_items editorial_items_record 0f67ec35631d
trigger public.editorial_items editorial_items_updated_at 41a82e520677
trigger public.editorial_items editorial_items_workflow 292cff8a388b
trigger public.editorial_transitions editorial_transitions_append_only 25267f06d2c5
trigger public.editorial_transitions editorial_transitions_no_truncate 98ef7d84f5d4
trigger public.editorial_versions editorial_versions_append_only ac2baca342ca
trigger public.editorial_versions editorial_versions_no_truncate 0b6442164ca3
trigger public.entitlement_history entitlement_history_append_only 07ffd8411e16
trigger public.entitlement_history entitlement_history_no_truncate df25d61b6f50
trigger public.entitlements entitlements_changed bac1165a5d06
trigger public.entitlements entitlements_granted 01988b84d62f
trigger public.entitlements entitlements_guard 18d4aeb09632
trigger public.entitlements entitlements_updated_at 3318ec3e6e18
trigger public.events events_append_only d90ec217150a
trigger public.events events_no_truncate 1568bda15d8c
trigger public.expression_exemplars expression_exemplars_audit 9227e9941cea
trigger public.expression_exemplars expression_exemplars_guard 836418690cfd
trigger public.expression_exemplars expression_exemplars_updated_at 5bce13d3587a
trigger public.expression_favorites expression_favorites_budget 60e862be37c6
trigger public.expression_reviews expression_reviews_updated_at 1061aedb03b8
trigger public.feature_flags feature_flags_audit 9f32d293601b
trigger public.feature_flags feature_flags_updated_at 741ebfba45b6
trigger public.ledger_entries ledger_entries_append_only 1126cbdc56e3
trigger public.ledger_entries ledger_entries_balance 5ed4950e1c4d
trigger public.ledger_postings ledger_postings_append_only 37539e000e77
trigger public.ledger_postings ledger_postings_balance 42424f9212ce
trigger public.limit_usage limit_usage_updated_at 8b57de191feb
trigger public.limits limits_audit 8b9caa2bd615
trigger public.limits limits_updated_at 624c75e5d56c
trigger public.limits_catalog limits_catalog_updated_at 999f7fe2bd4a
trigger public.payment_events payment_events_append_only 8cef6e909102
trigger public.payment_events payment_events_audit 1281ac76d379
trigger public.payment_events payment_events_no_truncate ed5f82f8da2e
trigger public.payments payments_audit cf0394c6235c
trigger public.payments payments_earn 639ad591c5dc
trigger public.payments payments_forgotten f3ddf40162e3
trigger public.payments payments_forgotten_paymongo 1f9f16305a9a
trigger public.payments payments_forgotten_paypal 1e9bcde0ecad
trigger public.payments payments_updated_at ade21e4afed2
trigger public.paymongo_events paymongo_events_append_only b9bd36a4264b
trigger public.paymongo_events paymongo_events_no_truncate 28f44985d810
trigger public.paymongo_payment_intents paymongo_payment_intents_forgotten 5d3def9d205d
trigger public.paymongo_payment_intents paymongo_payment_intents_forgotten_paymongo e2eddf2e5a29
trigger public.paymongo_payment_intents paymongo_payment_intents_updated_at 154533833569
trigger public.paymongo_payments paymongo_payments_forgotten_paymongo 1b2d8ca8b5ea
trigger public.paymongo_payments paymongo_payments_updated_at 33cec69b19c2
trigger public.paymongo_price_map paymongo_price_map_audit fd216a106d8a
trigger public.paymongo_price_map paymongo_price_map_updated_at 37051355f6dd
trigger public.paypal_captures paypal_captures_forgotten_paypal 4458c6e6813f
trigger public.paypal_captures paypal_captures_updated_at 4cb5c13cd4c0
trigger public.paypal_disputes paypal_disputes_updated_at f883b9e98b9b
trigger public.paypal_events paypal_events_append_only 5ac6cd52d96f
trigger public.paypal_events paypal_events_no_truncate 0d46415db3f2
trigger public.paypal_orders paypal_orders_forgotten b5163a5144c5
trigger public.paypal_orders paypal_orders_forgotten_paypal f6d270fed19b
trigger public.paypal_orders paypal_orders_updated_at 807e6e067a47
trigger public.paypal_price_map paypal_price_map_audit b1d3d11af161
trigger public.paypal_price_map paypal_price_map_retired ca732bd4d519
trigger public.paypal_price_map paypal_price_map_updated_at bba0435f716d
trigger public.paypal_subscriptions paypal_subscriptions_forgotten_paypal 705c700461ae
trigger public.paypal_subscriptions paypal_subscriptions_updated_at f87736b6753c
trigger public.practice_pack_items practice_pack_items_budget 355cd38fbebc
trigger public.practice_pack_items practice_pack_items_guard 1894e08e32aa
trigger public.practice_pack_items practice_pack_items_hide 79b3b2225632
trigger public.practice_pack_items practice_pack_items_updated_at 9d6bef5d9aab
trigger public.practice_packs practice_packs_audit f81e3bcf4d95
trigger public.practice_packs practice_packs_budget 1b54a6baea5d
trigger public.practice_packs practice_packs_guard c34da251a425
trigger public.practice_packs practice_packs_publish 46489bb71e7a
trigger public.practice_packs practice_packs_updated_at 8047f6de8c31
trigger public.product_rec_events product_rec_events_budget 55b709a3ad1b
trigger public.product_rec_events product_rec_events_guard 99765816deaa
trigger public.product_rec_items product_rec_items_author 5410c4850358
trigger public.product_rec_items product_rec_items_updated_at e5df06908615
trigger public.product_rec_rules product_rec_rules_author e24bc15f1e29
trigger public.product_rec_rules product_rec_rules_updated_at 1d3d7285b731
trigger public.product_rec_slots product_rec_slots_updated_at ce634c4744b3
trigger public.profiles profiles_audit 54979282f094
trigger public.profiles profiles_erase_message_audience 63fcbd06ab31
trigger public.profiles profiles_erase_tickets 20ee6bb27a5a
trigger public.profiles profiles_former 864f153eae78
trigger public.profiles profiles_guard 5a6d58fefa5a
trigger public.profiles profiles_stop_marketing 381069761fc0
trigger public.profiles profiles_updated_at 8a4beb0b5c62
trigger public.recon_findings recon_findings_audit 25664414ae22
trigger public.recon_jobs recon_jobs_updated_at 4172e65b6aa1
trigger public.reports reports_budget 7ab403c0eda0
trigger public.reports reports_guard 8b03e94271c3
trigger public.reports reports_updated_at d7318884a892
trigger public.rubrics rubrics_updated_at 1691fb89c98a
trigger public.saved_filters saved_filters_bound 8a1a34146049
trigger public.saved_filters saved_filters_budget b4aee2acc483
trigger public.saved_filters saved_filters_updated_at 540b447382cf
trigger public.sessions sessions_budget a97f9afa980c
trigger public.sessions sessions_count_minutes 605da2b6dccb
trigger public.sessions sessions_guard 2b4906116e35
trigger public.sessions sessions_revoke_tokens 91cb02e86b74
trigger public.set_members set_members_guard 06dbc8d15a6b
trigger public.settings settings_audit db12f910bc9f
trigger public.settings settings_updated_at d3981a279e4e
trigger public.shopify_collections_cache shopify_collections_cache_updated_at 728f3c21c9cf
trigger public.shopify_products_cache shopify_products_cache_updated_at cb8329883c5d
trigger public.shopify_sync_state shopify_sync_state_updated_at 05ee5093bfee
trigger public.subscriptions subscriptions_forgotten 17070d645379
trigger public.subscriptions subscriptions_updated_at 7be9d34381d8
trigger public.ticket_events ticket_events_append_only 7cc159188cc6
trigger public.ticket_events ticket_events_no_truncate 4654c2204735
trigger public.ticket_messages ticket_messages_budget 80baca5e6f25
trigger public.ticket_messages ticket_messages_guard 48088d9b842d
trigger public.ticket_messages ticket_messages_react efbe3ecb8138
trigger public.ticket_messages ticket_messages_updated_at 0cca0dac7482
trigger public.tickets tickets_budget f2c4f121bd1f
trigger public.tickets tickets_guard 34aa264b2f55
trigger public.tickets tickets_history f1fd47c94099
trigger public.tickets tickets_updated_at 4fcfb3e9e709
trigger public.tier_limits tier_limits_audit 51fd113949f7
trigger public.tier_limits tier_limits_updated_at c13424fca6e6
trigger public.tier_plans tier_plans_audit 8773396a886e
trigger public.tier_plans tier_plans_updated_at f76fd88fba8a
trigger public.user_limits user_limits_audit 13af55019adc
trigger public.user_limits user_limits_updated_at 6cce01492a07
trigger public.user_weekly_recaps user_weekly_recaps_updated_at bd66d0db33b7
view private.v_due_commissions 37f9b5b064c1
view public.v_activity_30d_mnl 0b8497ac52bd
view public.v_admin_messages_outbox 46d3bcc66724
view public.v_admin_messages_stats a029222b9baa
view public.v_affiliate_balances a1a5f60a95f1
view public.v_affiliate_clicks_daily 0bb1acea10a9
view public.v_affiliate_commissions cb915a35a2bd
view public.v_affiliate_commissions_admin d95649efc709
view public.v_affiliate_referrals_admin fc222da3074b
view public.v_assignment_attempts_daily 9286ef23fe74
view public.v_assignment_latest 3b66348654c5
view public.v_catalog_flat c90b834b37c4
view public.v_coach_switch_status 35c05c99a15b
view public.v_drill_facets_coach 64b16c1725e3
view public.v_drill_facets_date_daily 3736561fbd62
view public.v_drill_facets_date_monthly ee8f63e0afee
view public.v_drill_facets_date_weekly 7ec31741501c
view public.v_drill_facets_difficulty b6f9ee6d7d36
view public.v_drill_facets_overview 4ef371bf20bd
view public.v_drill_facets_type 89e310d7e3fc
view public.v_drill_stats 19f666279626
view public.v_drill_stats_daily 3228b9267223
view public.v_editorial_review_queue d6d212865977
view public.v_exemplars_catalog 1726f512eb68
view public.v_expression_reports 63fbff9696c7
view public.v_expressions_library ebb72a094246
view public.v_my_admin_messages 8eb71fc066ef
view public.v_paymongo_events_flat a07e2e0b693d
view public.v_paypal_events_flat f7cb779bb392
view public.v_product_recs_for_user 324bb7c78866
view public.v_product_recs_public 1f7a2dded252
view public.v_realtime_token_valid c4e37f9e3261
view public.v_recon_open 0df31db566a8
view public.v_revenue_daily 53d2dacc6749
view public.v_review_due 3d693905294b
view public.v_shopify_collections_public 66636fd6b2dd
view public.v_shopify_products_public 1ff30af49b35
view public.v_subscriptions_active 01e11918eac2
view public.v_tickets_inbox 6af43696384f
view public.v_up_next_simple c39d8bac328c
view public.v_user_current_plan ef145e963b25
view public.v_user_daily_sessions_mnl 62ed591f2b3b
view public.v_user_limits 9e8fc3f16237
view public.v_user_progress 361b90c71923
view public.v_user_rubric_trends_weekly 14f5af805c36
view public.v_user_weekly_attempts 31ca445eb0f2
view public.v_user_weekly_by_coach b720810034c4
view public.v_user_weekly_card_mnl 4f6060910e2f
view public.v_user_weekly_minutes 92e6347ebb75
view public.v_user_weekly_recap b0efcaa63b92
view public.v_user_weekly_topics 5cf26707b85f
$list$, true);
end
$changelog$;

do $compare$
declare
    item record;
    offenders text[];
    report text[] := '{}';
    passed integer := 0;
    failed integer := 0;
begin
    for item in
        with texts as (
            select $sql$
                with changesets as (
                    select split_part(line, '; ', 1) as id, substring(line from '; context ([^;]+)') as context,
                        substring(line from '; extension (\w+)') as extension, line ~ '; precondition$' as has_precondition
                    from unnest(string_to_array(btrim(current_setting('verify.changesets'), e'\n'), e'\n')) as l (line)
                ),
                log as (
                    select l.id from extensions.databasechangelog as l where l.author = 'polaris'
                ),
                unapplied as (
                    select c.id, case
                            -- An update with this context would have applied its other changesets too.
                            when c.context is not null
                                and not exists (select from changesets as o join log using (id) where o.context = c.context)
                                then 'context ' || c.context
                            when c.extension is not null
                                and not exists (select from pg_catalog.pg_extension as e where e.extname = c.extension)
                                then 'extension ' || c.extension
                            when c.has_precondition then 'its precondition'
                        end as reason
                    from changesets as c
                    where not exists (select from log where log.id = c.id)
                )
            $sql$ as log,
            $sql$
                with actual as (
                    select 'function ' || f.oid::regprocedure as name, pg_get_functiondef(f.oid) as text
                    from pg_catalog.pg_proc as f
                    where f.pronamespace in (to_regnamespace('public'), to_regnamespace('private')) and f.prokind in ('f', 'p')
                    union all
                    -- PostgreSQL before 16 qualifies the columns even if a view has only one table, so the qualifiers are removed and the columns listed.
                    select case c.relkind when 'm' then 'materialized ' else '' end || 'view ' || c.oid::regclass,
                        regexp_replace(pg_get_viewdef(c.oid), '\m[a-z_]\w*\.', '', 'g') || ' from ' || coalesce((
                            select string_agg(u.name, ',' order by u.name)
                            from (
                                select distinct concat_ws('.', d.refobjid::regclass, a.attname) collate "C" as name
                                from pg_catalog.pg_rewrite as r
                                join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
                                join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                                where r.ev_class = c.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
                            ) as u
                        ), '')
                    from pg_catalog.pg_class as c
                    where c.relnamespace in (to_regnamespace('public'), to_regnamespace('private')) and c.relkind in ('v', 'm')
                    union all
                    select 'trigger ' || t.tgrelid::regclass || ' ' || quote_ident(t.tgname), pg_get_triggerdef(t.oid)
                    from pg_catalog.pg_trigger as t
                    where not t.tgisinternal
                    union all
                    select 'policy ' || p.polrelid::regclass || ' ' || quote_ident(p.polname), concat_ws(' ', p.polcmd, p.polpermissive, (
                            select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname)
                            from unnest(p.polroles) as role
                            left join pg_catalog.pg_roles as r on r.oid = role
                        ), 'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
                    from pg_catalog.pg_policy as p
                ),
                digests as (
                    select a.name, left(md5(lower(regexp_replace(a.text, '[\s()]+', '', 'g'))), 12) as digest
                    from actual as a
                )
            $sql$ as definitions
        )
        select c.kind, c.name, c.query
        from texts as t
        cross join lateral (values
            ('FAIL', 'every changeset is applied, or waits for an extension or context', t.log || $sql$
                select array_agg(u.id order by u.id) from unapplied as u where u.reason is null
            $sql$),
            ('INFO', 'changesets that wait for an extension or context', t.log || $sql$
                select array_agg(u.reason || ': ' || u.ids)
                from (
                    select u.reason, string_agg(u.id, ' ' order by u.id) as ids
                    from unapplied as u
                    where u.reason is not null
                    group by u.reason
                ) as u
            $sql$),
            ('FAIL', 'every changeset in the log exists in this commit', t.log || $sql$
                select array_agg(l.id order by l.id) from log as l where not exists (select from changesets as c where c.id = l.id)
            $sql$),
            ('FAIL', 'no applied changeset lacks the extension that it needs',
            case when current_setting('verify.changesets') like '%; extension %' then t.log || $sql$
                select array_agg(c.id || ', which needs ' || c.extension order by c.id)
                from changesets as c
                join log using (id)
                where c.extension is not null
                    and not exists (select from pg_catalog.pg_extension as e where e.extname = c.extension)
            $sql$ end),
            ('FAIL', 'pg_cron jobs match the changelog', case when to_regclass('cron.job') is not null then t.log || $sql$,
                jobs as (
                    select split_part(line, '; ', 1) as id, split_part(line, '; ', 2) as name, split_part(line, '; ', 3) as schedule,
                        split_part(line, '; ', 4) as command
                    from unnest(string_to_array(btrim(current_setting('verify.jobs'), e'\n'), e'\n')) as l (line)
                )
                select array_agg(j.name order by j.name)
                from jobs as j
                join log using (id)
                where not exists (
                    select
                    from cron.job as c
                    where c.jobname = j.name
                        and c.schedule = j.schedule
                        and c.command = j.command
                        and c.database = current_database()
                        and c.active
                )
            $sql$ end),
            ('FAIL', 'functions, views, triggers and policies match the changelog', t.definitions || $sql$
                select array_agg(d.name order by d.name)
                from unnest(string_to_array(btrim(current_setting('verify.definitions'), e'\n'), e'\n')) as e (line)
                join digests as d on starts_with(e.line, d.name || ' ') and length(e.line) = length(d.name) + 13
                where right(e.line, 12) <> d.digest
            $sql$)
        ) as c (kind, name, query)
        where c.query is not null
    loop
        begin
            execute item.query into offenders;
            report := report || format('%s  %s  %s', case when item.kind = 'INFO' or offenders is not null then item.kind else 'PASS' end,
                rpad(item.name, 72), coalesce(cardinality(offenders), 0));
            passed := passed + (item.kind = 'FAIL' and offenders is null)::integer;
            failed := failed + (item.kind = 'FAIL' and offenders is not null)::integer;
            report := report || array(select '      ' || left(o.line, 300) from unnest(offenders) as o (line) limit 20);
            if cardinality(offenders) > 20 then
                report := report || format('      and %s more', cardinality(offenders) - 20);
            end if;
        exception
            when others then
                failed := failed + 1;
                report := report || format('FAIL  %s  %s', rpad(item.name, 72), sqlerrm);
        end;
    end loop;
    perform set_config('verify.report', array_to_string(report, e'\n'), true);
    perform set_config('verify.passed', passed::text, true);
    perform set_config('verify.failed', failed::text, true);
end
$compare$;
-- End of the generated part.

-- The objects in the database, one line per object or per table.
do $actual$
begin
    perform set_config('verify.actual', (
        with relations as (
            select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.relacl, c.relowner, c.relrowsecurity, c.reloptions
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where n.nspname in ('public', 'private')
                and c.relkind in ('r', 'p', 'v', 'm', 'S')
                -- What an extension brought is its own.
                and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        ),
        things as (
            select 'table' as kind, r.name as what
            from relations as r
            where r.relkind in ('r', 'p') and r.relrowsecurity
            union all
            select 'view', r.name
            from relations as r
            where r.relkind = 'v' and coalesce(r.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'] or r.relkind = 'm'
            union all
            select 'constraint', r.name || ': ' || string_agg(k.conname, ' ' order by k.conname collate "C")
            from relations as r
            join pg_catalog.pg_constraint as k on k.conrelid = r.oid
            where k.contype in ('p', 'u', 'f', 'c', 'x')
                and k.convalidated
                -- Before PostgreSQL 18, every constraint is enforced.
                and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
            group by r.name
            union all
            select 'index', r.name || ': ' || string_agg(x.relname, ' ' order by x.relname collate "C")
            from relations as r
            join pg_catalog.pg_index as i on i.indrelid = r.oid
            join pg_catalog.pg_class as x on x.oid = i.indexrelid
            where i.indisvalid and i.indisready
            group by r.name
            union all
            select 'trigger', t.tgrelid::regclass || ': ' || string_agg(t.tgname, ' ' order by t.tgname collate "C")
            from pg_catalog.pg_trigger as t
            join pg_catalog.pg_proc as f on f.oid = t.tgfoid
            where f.pronamespace = to_regnamespace('private')
                and not t.tgisinternal
                and t.tgenabled in ('O', 'A')
            group by t.tgrelid
            union all
            select 'policy', p.polrelid::regclass || ' ' || quote_ident(p.polname) || ' '
                || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
                || case when p.polpermissive then '' else ' restrictive' end
                || ' to ' || (
                    select string_agg(case when role = 0 then 'public' else pg_get_userbyid(role) end, ',' order by 1)
                    from unnest(p.polroles) as role
                )
                || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
                || coalesce(' check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
            from pg_catalog.pg_policy as p
            left join relations as r on r.oid = p.polrelid
            where r.oid is not null or p.polrelid = to_regclass('storage.objects') and p.polname like '%\_polaris'
            union all
            select 'grant', g.name || ' ' || g.grantee || ' ' || string_agg(g.privilege, ',' order by g.privilege)
            from (
                select r.name, case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee, lower(a.privilege_type) as privilege
                from relations as r,
                    aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))) as a
                where a.grantee <> r.relowner
                union all
                select r.name, case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end,
                    lower(a.privilege_type) || '(' || string_agg(f.attname, ',' order by f.attname collate "C") || ')'
                from relations as r
                join pg_catalog.pg_attribute as f on f.attrelid = r.oid and not f.attisdropped,
                    aclexplode(f.attacl) as a
                where a.grantee <> r.relowner
                group by r.name, a.grantee, a.privilege_type
            ) as g
            where g.grantee in ('public', 'anon', 'authenticated', 'service_role')
            group by g.name, g.grantee
            union all
            select 'function', f.oid::regprocedure || ' ' || case when f.prosecdef then 'definer' else 'invoker' end || coalesce(' for ' || (
                    select string_agg(distinct case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end, ',')
                    from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a
                    where a.grantee <> f.proowner
                        and (a.grantee = 0 or pg_get_userbyid(a.grantee) in ('anon', 'authenticated', 'service_role'))
                ), '')
            from pg_catalog.pg_proc as f
            where f.pronamespace::regnamespace::text in ('public', 'private')
                and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e')
        )
        -- Versions differ in the names that they give to columns, and in where they break lines.
        select string_agg(t.kind || ' ' || regexp_replace(regexp_replace(t.what, '\s+', ' ', 'g'), ' AS \w+', '', 'g'), e'\n' order by t.kind, t.what collate "C")
        from things as t
    ), true);
end
$actual$;

do $expected$
begin
    perform set_config('verify.expected', $list$
constraint private.former_accounts: former_accounts_email_hash_check former_accounts_pkey
constraint private.hourly_usage: hourly_usage_pkey hourly_usage_used_check hourly_usage_user_id_fkey
constraint private.leases: leases_pkey
constraint private.made_buckets: made_buckets_pkey
constraint private.weekly_recap_runs: weekly_recap_runs_after_user_check weekly_recap_runs_pkey
constraint public.adaptive_history: adaptive_history_answered_at_check adaptive_history_coach_key_fkey adaptive_history_drill_id_fkey adaptive_history_duration_sec_check adaptive_history_level_after_check adaptive_history_outcome_score_check adaptive_history_pkey adaptive_history_score_check adaptive_history_status_check adaptive_history_topic_check adaptive_history_user_id_fkey
constraint public.adaptive_item_calibration: adaptive_item_calibration_coach_key_fkey adaptive_item_calibration_difficulty_check adaptive_item_calibration_discriminant_check adaptive_item_calibration_drill_id_fkey adaptive_item_calibration_exposure_cap_check adaptive_item_calibration_exposures_check adaptive_item_calibration_pkey adaptive_item_calibration_target_level_check adaptive_item_calibration_topic_check
constraint public.adaptive_user_skill: adaptive_user_skill_coach_key_fkey adaptive_user_skill_confidence_check adaptive_user_skill_exposures_check adaptive_user_skill_level_score_check adaptive_user_skill_pkey adaptive_user_skill_topic_check adaptive_user_skill_user_id_fkey
constraint public.admin_message_deliveries: admin_message_deliveries_attempts_check admin_message_deliveries_channel_check admin_message_deliveries_claimed_by_check admin_message_deliveries_clicked_at_check admin_message_deliveries_failed_at_check admin_message_deliveries_last_error_check admin_message_deliveries_message_id_fkey admin_message_deliveries_message_id_user_id_channel_key admin_message_deliveries_meta_check admin_message_deliveries_pkey admin_message_deliveries_read_at_check admin_message_deliveries_user_id_fkey
constraint public.admin_messages: admin_messages_approved_at_check admin_messages_approved_by_fkey admin_messages_audience_coach_keys_check admin_messages_audience_countries_check admin_messages_audience_filter_check admin_messages_audience_languages_check admin_messages_audience_roles_check admin_messages_audience_tiers_check admin_messages_audience_user_ids_check admin_messages_author_id_fkey admin_messages_body_check admin_messages_body_html_check admin_messages_body_text_check admin_messages_canceled_at_check admin_messages_channels_check admin_messages_cta_check admin_messages_cta_label_check admin_messages_cta_url_check admin_messages_expanded_at_check admin_messages_hero_image_url_check admin_messages_importance_check admin_messages_meta_check admin_messages_pkey admin_messages_send_at_check admin_messages_sent_at_check admin_messages_state_check admin_messages_tags_check admin_messages_title_check
constraint public.affiliate_clicks: affiliate_clicks_affiliate_id_affiliate_user_id_fkey affiliate_clicks_affiliate_id_fkey affiliate_clicks_country_code_check affiliate_clicks_ip_hash_check affiliate_clicks_link_id_fkey affiliate_clicks_pkey affiliate_clicks_user_agent_check affiliate_clicks_utm_check
constraint public.affiliate_commissions: affiliate_commissions_affiliate_id_affiliate_user_id_fkey affiliate_commissions_affiliate_id_fkey affiliate_commissions_amount_minor_check affiliate_commissions_base_minor_check affiliate_commissions_currency_code_check affiliate_commissions_kind_check affiliate_commissions_payout_id_affiliate_id_currency_code_fkey affiliate_commissions_pkey affiliate_commissions_provider_check affiliate_commissions_rate_bps_check affiliate_commissions_referral_id_fkey
constraint public.affiliate_links: affiliate_links_affiliate_id_affiliate_user_id_fkey affiliate_links_affiliate_id_fkey affiliate_links_code_check affiliate_links_code_key affiliate_links_landing_path_check affiliate_links_pkey affiliate_links_utm_defaults_check
constraint public.affiliate_payouts: affiliate_payouts_affiliate_id_affiliate_user_id_fkey affiliate_payouts_affiliate_id_fkey affiliate_payouts_amount_minor_check affiliate_payouts_approved_at_check affiliate_payouts_currency_code_check affiliate_payouts_failure_reason_check affiliate_payouts_id_affiliate_id_currency_code_key affiliate_payouts_paid_at_check affiliate_payouts_payout_method_check affiliate_payouts_period_check affiliate_payouts_pkey affiliate_payouts_status_check affiliate_payouts_tx_ref_check
constraint public.affiliate_programs: affiliate_programs_code_check affiliate_programs_code_key affiliate_programs_cookie_days_check affiliate_programs_currency_code_check affiliate_programs_default_rate_bps_check affiliate_programs_hold_days_check affiliate_programs_min_payout_minor_check affiliate_programs_name_check affiliate_programs_payout_change_days_check affiliate_programs_pkey
constraint public.affiliate_referrals: affiliate_referrals_affiliate_id_affiliate_user_id_fkey affiliate_referrals_affiliate_id_fkey affiliate_referrals_click_id_fkey affiliate_referrals_converted_at_check affiliate_referrals_disqualified_at_check affiliate_referrals_link_id_fkey affiliate_referrals_oneself_check affiliate_referrals_pkey affiliate_referrals_status_check affiliate_referrals_status_reason_check affiliate_referrals_user_id_fkey affiliate_referrals_user_id_key
constraint public.affiliates: affiliates_approved_at_check affiliates_blocked_at_check affiliates_code_check affiliates_code_key affiliates_cookie_days_check affiliates_display_name_check affiliates_id_user_id_key affiliates_nobody_check affiliates_payout_method_check affiliates_pkey affiliates_program_id_fkey affiliates_rate_bps_check affiliates_status_check affiliates_status_reason_check affiliates_user_id_fkey affiliates_user_id_program_id_key affiliates_website_check
constraint public.assignment_attempts: assignment_attempts_assignment_id_user_id_coach_key_fkey assignment_attempts_attachments_check assignment_attempts_duration_sec_check assignment_attempts_feedback_check assignment_attempts_flags_check assignment_attempts_input_payload_check assignment_attempts_item_id_fkey assignment_attempts_metrics_check assignment_attempts_outcome_check assignment_attempts_pkey assignment_attempts_rubric_scores_check assignment_attempts_score_check assignment_attempts_transcript_check
constraint public.assignments: assignments_attempts_count_check assignments_best_score_check assignments_cancelled_at_check assignments_coach_key_fkey assignments_completed_at_check assignments_created_by_fkey assignments_description_check assignments_drill_id_fkey assignments_due_at_check assignments_id_user_id_coach_key_key assignments_last_score_check assignments_metrics_summary_check assignments_pkey assignments_priority_check assignments_rubric_summary_check assignments_scheduled_for_check assignments_set_id_fkey assignments_source_check assignments_started_at_check assignments_state_check assignments_tags_check assignments_title_check assignments_user_id_fkey
constraint public.attempts: attempts_drill_id_fkey attempts_feedback_check attempts_pkey attempts_prompt_check attempts_response_check attempts_score_check attempts_session_id_user_id_fkey
constraint public.audit_logs: audit_logs_action_check audit_logs_actor_user_id_fkey audit_logs_pkey audit_logs_subject_user_id_fkey
constraint public.billing_profiles: billing_profiles_country_code_check billing_profiles_pkey billing_profiles_provider_check billing_profiles_provider_customer_ref_key billing_profiles_user_id_fkey
constraint public.catalogs: catalogs_coach_key_fkey catalogs_created_by_fkey catalogs_description_check catalogs_pkey catalogs_state_check catalogs_tags_check catalogs_title_check
constraint public.coach_staff: coach_staff_coach_key_fkey coach_staff_pkey coach_staff_user_id_fkey
constraint public.coach_switch_rules: coach_switch_rules_cooldown_days_check coach_switch_rules_max_switches_30d_check coach_switch_rules_pkey coach_switch_rules_tier_fkey
constraint public.coach_switches: coach_switches_from_coach_check coach_switches_past_rule_check coach_switches_pkey coach_switches_reason_check coach_switches_to_coach_check coach_switches_user_id_fkey
constraint public.coaches: coaches_audience_check coaches_benefits_check coaches_display_name_check coaches_key_check coaches_pkey coaches_tagline_check coaches_tools_check
constraint public.daily_usage: daily_usage_drills_done_check daily_usage_expressions_saved_check daily_usage_minutes_used_check daily_usage_pkey daily_usage_user_id_fkey
constraint public.diagnostic_form_items: diagnostic_form_items_drill_id_check diagnostic_form_items_drill_id_fkey diagnostic_form_items_id_section_id_key diagnostic_form_items_idx_check diagnostic_form_items_kind_check diagnostic_form_items_payload_check diagnostic_form_items_pkey diagnostic_form_items_rubric_check diagnostic_form_items_section_id_form_id_fkey diagnostic_form_items_section_id_idx_key diagnostic_form_items_weight_check
constraint public.diagnostic_form_sections: diagnostic_form_sections_form_id_fkey diagnostic_form_sections_form_id_idx_key diagnostic_form_sections_id_form_id_key diagnostic_form_sections_idx_check diagnostic_form_sections_pkey diagnostic_form_sections_target_topics_check diagnostic_form_sections_time_limit_sec_check diagnostic_form_sections_title_check
constraint public.diagnostic_forms: diagnostic_forms_coach_key_fkey diagnostic_forms_code_check diagnostic_forms_code_key diagnostic_forms_config_check diagnostic_forms_created_by_fkey diagnostic_forms_pkey diagnostic_forms_state_check diagnostic_forms_summary_check diagnostic_forms_title_check
constraint public.diagnostic_run_items: diagnostic_run_items_drill_id_fkey diagnostic_run_items_duration_sec_check diagnostic_run_items_feedback_check diagnostic_run_items_form_item_id_section_id_fkey diagnostic_run_items_idx_check diagnostic_run_items_payload_check diagnostic_run_items_pkey diagnostic_run_items_response_check diagnostic_run_items_response_text_check diagnostic_run_items_response_url_check diagnostic_run_items_run_id_idx_key diagnostic_run_items_run_id_user_id_fkey diagnostic_run_items_score_check diagnostic_run_items_scored_check diagnostic_run_items_served_at_check diagnostic_run_items_status_check diagnostic_run_items_submitted_at_check
constraint public.diagnostic_runs: diagnostic_runs_completed_at_check diagnostic_runs_duration_sec_check diagnostic_runs_form_id_fkey diagnostic_runs_id_user_id_key diagnostic_runs_notes_check diagnostic_runs_pkey diagnostic_runs_score_total_check diagnostic_runs_scored_at_check diagnostic_runs_started_at_check diagnostic_runs_state_check diagnostic_runs_user_id_fkey
constraint public.drill_items: drill_items_answer_key_check drill_items_content_check drill_items_difficulty_check drill_items_drill_id_fkey drill_items_exam_mapping_check drill_items_hints_check drill_items_kind_check drill_items_pkey drill_items_qa_flags_check drill_items_reading_level_check drill_items_source_ref_check drill_items_title_check
constraint public.drill_sets: drill_sets_approved_by_fkey drill_sets_changelog_check drill_sets_coach_key_fkey drill_sets_coach_key_section_title_version_key drill_sets_created_by_fkey drill_sets_deprecated_at_check drill_sets_description_check drill_sets_difficulty_check drill_sets_pkey drill_sets_published_at_check drill_sets_section_check drill_sets_state_check drill_sets_tags_check drill_sets_title_check drill_sets_version_check
constraint public.drills: drills_catalog_id_fkey drills_coach_key_fkey drills_created_by_fkey drills_difficulty_check drills_pkey drills_prompt_check drills_rubric_id_fkey drills_slug_check drills_slug_key drills_state_check drills_tags_check drills_time_estimate_minutes_check drills_title_check drills_type_check
constraint public.editorial_flags: editorial_flags_created_by_fkey editorial_flags_editorial_item_id_fkey editorial_flags_flag_type_check editorial_flags_payload_check editorial_flags_pkey editorial_flags_resolution_check editorial_flags_resolved_at_check editorial_flags_resolved_by_fkey editorial_flags_severity_check
constraint public.editorial_item_coach_targets: editorial_item_coach_targets_coach_key_fkey editorial_item_coach_targets_editorial_item_id_fkey editorial_item_coach_targets_pkey editorial_item_coach_targets_published_drill_id_fkey editorial_item_coach_targets_published_drill_id_key
constraint public.editorial_items: editorial_items_accessibility_check editorial_items_body_check editorial_items_created_by_fkey editorial_items_difficulty_check editorial_items_exam_mapping_check editorial_items_kind_check editorial_items_language_check editorial_items_pkey editorial_items_prompt_check editorial_items_reading_level_check editorial_items_slug_check editorial_items_slug_key editorial_items_state_check editorial_items_summary_check editorial_items_tags_check editorial_items_taxonomy_check editorial_items_time_estimate_minutes_check editorial_items_title_check editorial_items_topic_check editorial_items_updated_by_fkey editorial_items_version_check
constraint public.editorial_transitions: editorial_transitions_actor_id_fkey editorial_transitions_actor_role_check editorial_transitions_editorial_item_id_fkey editorial_transitions_from_state_check editorial_transitions_notes_check editorial_transitions_pkey editorial_transitions_to_state_check
constraint public.editorial_versions: editorial_versions_created_by_fkey editorial_versions_diff_check editorial_versions_editorial_item_id_fkey editorial_versions_editorial_item_id_version_key editorial_versions_notes_check editorial_versions_pkey editorial_versions_state_check editorial_versions_version_check
constraint public.entitlement_history: entitlement_history_action_check entitlement_history_pkey entitlement_history_user_id_fkey
constraint public.entitlements: entitlements_granted_by_fkey entitlements_period_check entitlements_pkey entitlements_plan_code_fkey entitlements_reason_check entitlements_source_check entitlements_source_ref_check entitlements_source_source_ref_key entitlements_subscription_id_fkey entitlements_user_id_fkey
constraint public.events: events_difficulty_check events_metadata_check events_name_check events_pkey events_user_id_fkey
constraint public.exemplar_pack_items: exemplar_pack_items_item_id_fkey exemplar_pack_items_pack_id_fkey exemplar_pack_items_pkey
constraint public.exemplar_packs: exemplar_packs_coach_key_fkey exemplar_packs_pack_id_fkey exemplar_packs_pkey
constraint public.expression_exemplars: expression_exemplars_coach_key_fkey expression_exemplars_created_by_fkey expression_exemplars_difficulty_check expression_exemplars_example_prompt_check expression_exemplars_language_check expression_exemplars_pkey expression_exemplars_published_at_check expression_exemplars_skill_check expression_exemplars_source_item_id_coach_key_key expression_exemplars_source_item_id_fkey expression_exemplars_state_check expression_exemplars_tags_check expression_exemplars_topic_check expression_exemplars_upgraded_text_check
constraint public.expression_favorites: expression_favorites_item_id_fkey expression_favorites_pkey expression_favorites_user_id_fkey
constraint public.expression_reviews: expression_reviews_due_on_check expression_reviews_item_id_fkey expression_reviews_lapses_check expression_reviews_last_reviewed_at_check expression_reviews_pkey expression_reviews_step_check expression_reviews_user_id_fkey
constraint public.feature_flags: feature_flags_description_check feature_flags_key_check feature_flags_pkey feature_flags_rollout_accounts_check feature_flags_rollout_check
constraint public.job_runs: job_runs_pkey job_runs_status_check
constraint public.ledger_accounts: ledger_accounts_code_check ledger_accounts_kind_check ledger_accounts_pkey
constraint public.ledger_entries: ledger_entries_amount_minor_check ledger_entries_d_check ledger_entries_kind_check ledger_entries_payment_event_id_fkey ledger_entries_payment_event_id_key ledger_entries_payment_id_fkey ledger_entries_payment_id_kind_object_ref_key ledger_entries_pkey
constraint public.ledger_postings: ledger_postings_account_code_fkey ledger_postings_amount_minor_check ledger_postings_currency_code_check ledger_postings_entry_id_fkey ledger_postings_pkey
constraint public.limit_usage: limit_usage_key_fkey limit_usage_pkey limit_usage_used_check limit_usage_user_id_fkey
constraint public.limits: limits_description_check limits_key_check limits_pkey limits_value_check
constraint public.limits_catalog: limits_catalog_description_check limits_catalog_key_check limits_catalog_pkey limits_catalog_rolling_days_check limits_catalog_unit_check limits_catalog_window_kind_check
constraint public.payment_events: payment_events_about_check payment_events_currency_code_check payment_events_event_id_check payment_events_event_type_check payment_events_finite_check payment_events_money_check payment_events_object_ref_check payment_events_period_check payment_events_pkey payment_events_provider_check payment_events_provider_event_id_key payment_events_status_check payment_events_user_id_fkey
constraint public.payments: payments_captured_minor_check payments_claimed_at_check payments_currency_code_check payments_disputed_minor_check payments_lost_minor_check payments_period_check payments_pkey payments_plan_code_fkey payments_provider_check payments_provider_payment_ref_key payments_refunded_minor_check payments_subscription_id_fkey payments_user_id_fkey
constraint public.paymongo_events: paymongo_events_deliveries_check paymongo_events_event_id_check paymongo_events_event_type_check paymongo_events_pkey paymongo_events_raw_check paymongo_events_received_at_check paymongo_events_reports_check paymongo_events_signature_check paymongo_events_state_check
constraint public.paymongo_payment_intents: paymongo_payment_intents_amount_minor_check paymongo_payment_intents_currency_code_check paymongo_payment_intents_id_check paymongo_payment_intents_metadata_check paymongo_payment_intents_pkey paymongo_payment_intents_price_id_fkey paymongo_payment_intents_status_check paymongo_payment_intents_user_id_fkey
constraint public.paymongo_payments: paymongo_payments_amount_minor_check paymongo_payments_currency_code_check paymongo_payments_fee_minor_check paymongo_payments_id_check paymongo_payments_paid_at_check paymongo_payments_pkey paymongo_payments_status_check paymongo_payments_user_id_fkey
constraint public.paymongo_price_map: paymongo_price_map_amount_minor_check paymongo_price_map_currency_code_check paymongo_price_map_months_check paymongo_price_map_pkey paymongo_price_map_plan_code_check paymongo_price_map_plan_code_fkey paymongo_price_map_price_id_check
constraint public.paypal_captures: paypal_captures_amount_minor_check paypal_captures_currency_code_check paypal_captures_fee_minor_check paypal_captures_id_check paypal_captures_pkey paypal_captures_status_check paypal_captures_user_id_fkey
constraint public.paypal_disputes: paypal_disputes_amount_minor_check paypal_disputes_currency_code_check paypal_disputes_dispute_id_key paypal_disputes_pkey paypal_disputes_reversal_id_key paypal_disputes_told_check
constraint public.paypal_events: paypal_events_deliveries_check paypal_events_event_id_check paypal_events_event_type_check paypal_events_pkey paypal_events_raw_check paypal_events_received_at_check paypal_events_reports_check paypal_events_signature_check paypal_events_state_check paypal_events_transmission_id_check
constraint public.paypal_orders: paypal_orders_amount_minor_check paypal_orders_currency_code_check paypal_orders_id_check paypal_orders_metadata_check paypal_orders_pkey paypal_orders_status_check paypal_orders_user_id_fkey
constraint public.paypal_price_map: paypal_price_map_amount_minor_check paypal_price_map_currency_code_check paypal_price_map_months_check paypal_price_map_pkey paypal_price_map_plan_code_check paypal_price_map_plan_code_fkey paypal_price_map_price_id_check paypal_price_map_retired_at_check
constraint public.paypal_subscriptions: paypal_subscriptions_id_check paypal_subscriptions_pkey paypal_subscriptions_user_id_fkey
constraint public.practice_pack_items: practice_pack_items_audio_url_check practice_pack_items_kind_check practice_pack_items_notes_check practice_pack_items_order_index_check practice_pack_items_original_text_check practice_pack_items_pack_id_order_index_key practice_pack_items_pack_id_user_id_fkey practice_pack_items_phonetics_check practice_pack_items_pkey practice_pack_items_revised_text_check practice_pack_items_tags_check practice_pack_items_text_check
constraint public.practice_packs: practice_packs_ai_scores_check practice_packs_coach_key_fkey practice_packs_difficulty_check practice_packs_flags_check practice_packs_id_user_id_key practice_packs_language_check practice_packs_pkey practice_packs_published_at_check practice_packs_session_id_fkey practice_packs_state_check practice_packs_summary_check practice_packs_title_check practice_packs_topics_check practice_packs_user_id_fkey
constraint public.product_rec_events: product_rec_events_difficulty_check product_rec_events_event_type_check product_rec_events_item_id_fkey product_rec_events_meta_check product_rec_events_pkey product_rec_events_rule_id_fkey product_rec_events_session_id_fkey product_rec_events_slot_id_fkey product_rec_events_surface_check product_rec_events_tier_check product_rec_events_topic_check product_rec_events_user_id_fkey
constraint public.product_rec_items: product_rec_items_affiliate_url_check product_rec_items_coach_keys_check product_rec_items_created_by_fkey product_rec_items_currency_code_check product_rec_items_description_check product_rec_items_difficulties_check product_rec_items_ends_at_check product_rec_items_image_url_check product_rec_items_markets_check product_rec_items_partner_check product_rec_items_period_check product_rec_items_pkey product_rec_items_price_check product_rec_items_raw_check product_rec_items_shopify_product_id_check product_rec_items_shopify_product_id_fkey product_rec_items_source_check product_rec_items_starts_at_check product_rec_items_subtitle_check product_rec_items_tags_check product_rec_items_tiers_check product_rec_items_title_check product_rec_items_topics_check product_rec_items_updated_by_fkey product_rec_items_url_check product_rec_items_weight_check
constraint public.product_rec_rules: product_rec_rules_coach_keys_check product_rec_rules_created_by_fkey product_rec_rules_description_check product_rec_rules_difficulties_check product_rec_rules_ends_at_check product_rec_rules_id_surface_key product_rec_rules_markets_check product_rec_rules_max_items_check product_rec_rules_meta_check product_rec_rules_name_check product_rec_rules_period_check product_rec_rules_pkey product_rec_rules_starts_at_check product_rec_rules_surface_check product_rec_rules_tiers_check product_rec_rules_topics_check product_rec_rules_updated_by_fkey
constraint public.product_rec_slots: product_rec_slots_ends_at_check product_rec_slots_filled_check product_rec_slots_item_id_fkey product_rec_slots_period_check product_rec_slots_pkey product_rec_slots_position_check product_rec_slots_rule_id_surface_fkey product_rec_slots_starts_at_check product_rec_slots_surface_check product_rec_slots_weight_check
constraint public.profiles: profiles_active_coach_key_fkey profiles_avatar_url_check profiles_country_code_check profiles_currency_code_check profiles_daily_target_minutes_check profiles_domains_check profiles_full_name_check profiles_goals_check profiles_id_fkey profiles_language_check profiles_pkey profiles_practice_focus_check profiles_preferred_difficulty_check profiles_profession_check profiles_role_check profiles_tier_check profiles_timezone_check
constraint public.realtime_tokens: realtime_tokens_expires_at_check realtime_tokens_meta_check realtime_tokens_pkey realtime_tokens_provider_check realtime_tokens_reason_check realtime_tokens_scope_check realtime_tokens_session_id_user_id_fkey realtime_tokens_token_hash_check realtime_tokens_token_hash_key realtime_tokens_user_id_fkey
constraint public.recon_findings: recon_findings_diff_type_check recon_findings_job_id_fkey recon_findings_pkey recon_findings_provider_check recon_findings_resolution_check recon_findings_resolved_by_fkey recon_findings_resolved_check recon_findings_resolved_run_id_fkey recon_findings_run_id_fkey recon_findings_seen_run_id_fkey recon_findings_user_id_fkey
constraint public.recon_jobs: recon_jobs_attempts_check recon_jobs_created_by_fkey recon_jobs_dates_check recon_jobs_job_type_check recon_jobs_params_check recon_jobs_pkey recon_jobs_scheduled_for_check recon_jobs_status_check
constraint public.recon_runs: recon_runs_finished_at_check recon_runs_job_id_fkey recon_runs_pkey recon_runs_stats_check recon_runs_status_check
constraint public.reports: reports_handled_at_check reports_handled_by_fkey reports_pkey reports_reason_check reports_status_check reports_target_table_check reports_user_id_fkey
constraint public.rubrics: rubrics_coach_key_fkey rubrics_pkey rubrics_spec_check rubrics_state_check rubrics_title_check rubrics_version_check
constraint public.saved_filters: saved_filters_criteria_check saved_filters_name_check saved_filters_pkey saved_filters_user_id_fkey saved_filters_user_id_name_key
constraint public.sessions: sessions_coach_key_fkey sessions_drill_id_fkey sessions_duration_sec_check sessions_ended_at_check sessions_id_user_id_key sessions_notes_check sessions_order_check sessions_pkey sessions_score_check sessions_status_check sessions_submitted_at_check sessions_tier_check sessions_tool_used_check sessions_user_id_fkey sessions_words_per_minute_check
constraint public.set_members: set_members_added_by_fkey set_members_item_id_fkey set_members_pkey set_members_position_check set_members_set_id_fkey set_members_set_id_position_key set_members_weight_check
constraint public.settings: settings_description_check settings_hourly_budgets_check settings_key_check settings_pkey settings_value_check
constraint public.shopify_collections_cache: shopify_collections_cache_description_html_check shopify_collections_cache_handle_check shopify_collections_cache_image_url_check shopify_collections_cache_market_check shopify_collections_cache_pkey shopify_collections_cache_raw_check shopify_collections_cache_shopify_id_check shopify_collections_cache_shopify_id_key shopify_collections_cache_shopify_updated_at_check shopify_collections_cache_source_fkey shopify_collections_cache_title_check
constraint public.shopify_product_collections: shopify_product_collections_collection_id_fkey shopify_product_collections_pkey shopify_product_collections_position_check shopify_product_collections_product_id_fkey
constraint public.shopify_products_cache: shopify_products_cache_currency_code_check shopify_products_cache_handle_check shopify_products_cache_image_url_check shopify_products_cache_market_check shopify_products_cache_pkey shopify_products_cache_price_check shopify_products_cache_product_type_check shopify_products_cache_raw_check shopify_products_cache_shopify_id_check shopify_products_cache_shopify_id_key shopify_products_cache_shopify_updated_at_check shopify_products_cache_source_fkey shopify_products_cache_tags_check shopify_products_cache_title_check shopify_products_cache_url_check shopify_products_cache_vendor_check
constraint public.shopify_sync_state: shopify_sync_state_cursor_check shopify_sync_state_full_sync_run_check shopify_sync_state_pkey shopify_sync_state_source_check shopify_sync_state_stats_check
constraint public.subscriptions: subscriptions_period_check subscriptions_pkey subscriptions_plan_code_fkey subscriptions_provider_check subscriptions_provider_external_ref_key subscriptions_status_check subscriptions_user_id_fkey
constraint public.ticket_events: ticket_events_actor_id_fkey ticket_events_assigned_to_fkey ticket_events_data_check ticket_events_event_type_check ticket_events_pkey ticket_events_ticket_id_fkey
constraint public.ticket_messages: ticket_messages_attachments_check ticket_messages_author_id_check ticket_messages_author_id_fkey ticket_messages_author_type_check ticket_messages_body_html_check ticket_messages_body_text_check ticket_messages_meta_check ticket_messages_pkey ticket_messages_ticket_id_fkey ticket_messages_ticket_id_user_id_fkey ticket_messages_visibility_check
constraint public.tickets: tickets_assigned_to_fkey tickets_category_check tickets_channel_check tickets_closed_at_check tickets_coach_key_fkey tickets_id_user_id_key tickets_last_author_check tickets_last_message_at_check tickets_meta_check tickets_pkey tickets_priority_check tickets_reporter_email_check tickets_reporter_name_check tickets_resolved_at_check tickets_sla_breached_at_check tickets_sla_due_at_check tickets_state_check tickets_subject_check tickets_tags_check tickets_user_id_fkey tickets_waiting_since_check
constraint public.tier_limits: tier_limits_key_fkey tier_limits_limits_key_fkey tier_limits_one_value_check tier_limits_pkey tier_limits_tier_fkey tier_limits_value_check
constraint public.tier_plans: tier_plans_code_check tier_plans_currency_code_check tier_plans_name_check tier_plans_pkey tier_plans_price_month_minor_check tier_plans_price_year_minor_check tier_plans_rank_key
constraint public.user_limits: user_limits_expires_at_check user_limits_key_fkey user_limits_pkey user_limits_reason_check user_limits_user_id_fkey user_limits_value_check
constraint public.user_weekly_recaps: user_weekly_recaps_active_days_check user_weekly_recaps_attempts_check user_weekly_recaps_average_score_check user_weekly_recaps_best_score_check user_weekly_recaps_coaches_check user_weekly_recaps_drills_check user_weekly_recaps_expressions_saved_check user_weekly_recaps_minutes_check user_weekly_recaps_pkey user_weekly_recaps_topics_check user_weekly_recaps_user_id_fkey user_weekly_recaps_week_start_check
function private.abort_session(uuid) definer for authenticated,service_role
function private.acquire_lease(text,text,integer) definer for service_role
function private.adaptive_next_drill(uuid,text,text) definer for authenticated,service_role
function private.add_months(timestamp with time zone,integer) invoker
function private.add_usage(uuid,timestamp with time zone,integer,integer,integer) invoker
function private.admin_message_set_state(uuid,text,timestamp with time zone) definer for authenticated,service_role
function private.admin_promote_expressions(text,uuid[],text,text,smallint,text) definer for authenticated,service_role
function private.apply_as_affiliate(text,text,text,text) definer for authenticated
function private.apply_entitlement_change() definer
function private.apply_payment_event(uuid) invoker
function private.are_files_in_folder(jsonb,uuid) invoker for service_role
function private.assign(uuid,uuid,uuid,text,text,timestamp with time zone,date,integer) definer for authenticated,service_role
function private.attach_affiliate_referral(uuid,uuid,text) definer for authenticated,service_role
function private.audit_change() definer
function private.audit_entitlements(uuid,timestamp with time zone,timestamp with time zone,integer) invoker
function private.begin_paymongo_intent(text,uuid,text,jsonb) definer for service_role
function private.begin_paypal_order(text,uuid,text,jsonb) definer for service_role
function private.build_paymongo_capture_report(public.paymongo_payments,text) invoker
function private.build_paymongo_reports(public.paymongo_events) invoker
function private.build_paypal_capture_report(public.paypal_captures,text) invoker
function private.build_paypal_payment_reports(public.paypal_events) invoker
function private.build_paypal_reports(public.paypal_events) invoker
function private.build_paypal_subscription_reports(public.paypal_events) invoker
function private.build_paypal_withheld_reports(public.paypal_events) invoker
function private.build_waiting_paypal_reports(text,text,text) invoker
function private.can_learn_item(uuid) definer for authenticated
function private.can_switch_coach(uuid,text) definer for authenticated,service_role
function private.cancel_assignment(uuid) definer for authenticated,service_role
function private.cancel_diagnostic_run(uuid) definer for authenticated,service_role
function private.check_entry_balances() definer
function private.choose_coach(text) definer for authenticated
function private.claim_payment(uuid,uuid,text) definer for authenticated,service_role
function private.coach_next_allowed_at(uuid) definer for authenticated,service_role
function private.coach_switches_30d(uuid) definer for authenticated,service_role
function private.complete_assignment(uuid) definer for authenticated,service_role
function private.compute_diagnostic_item_due(uuid,uuid) invoker
function private.compute_effective_limit(uuid,text) definer
function private.compute_limit_usage(uuid,text,timestamp with time zone) definer
function private.compute_limit_window_start(text,timestamp with time zone) invoker
function private.compute_realtime_minutes_left(uuid) definer
function private.compute_sla_due(text,timestamp with time zone) definer for authenticated,service_role
function private.copy_exemplar_item(public.practice_pack_items) invoker
function private.count_assignment_attempts() definer
function private.count_realtime_minutes() definer
function private.create_affiliate_link(uuid,text,text,jsonb) definer for authenticated,service_role
function private.create_set_version(uuid) definer for authenticated,service_role
function private.derive_id(text,uuid) invoker
function private.diagnostic_complete_run(uuid) definer for authenticated,service_role
function private.diagnostic_start(uuid,text) definer for authenticated,service_role
function private.diagnostic_submit_item(uuid,numeric,integer,text,text) definer for authenticated,service_role
function private.dismiss_payment_event(uuid,text) definer for authenticated,service_role
function private.disqualify_affiliate_referral(uuid,text) definer for authenticated,service_role
function private.enforce_editorial_transition() definer
function private.erase_message_audience() definer
function private.erase_tickets() definer
function private.expire_assignments(integer) definer for service_role
function private.extract_paymongo_ids(jsonb) invoker
function private.extract_paypal_ids(jsonb) invoker
function private.file_report(text,uuid,text) invoker
function private.find_affiliate_mismatches(uuid[],uuid[],timestamp with time zone,timestamp with time zone) invoker
function private.find_nearest_drill(uuid,text,text,numeric) invoker
function private.find_paypal_linked_id(jsonb,text) invoker
function private.find_profiles(text) definer for authenticated,service_role
function private.finish_session(uuid,numeric,integer,numeric) definer for authenticated,service_role
function private.forget_checkout() invoker
function private.forget_payer() definer
function private.forget_paymongo_payer() definer
function private.forget_paypal_payer() definer
function private.get_account() definer for authenticated
function private.get_coach_switch_state(uuid) definer for authenticated,service_role
function private.get_commission_payment(uuid) definer for authenticated,service_role
function private.get_drill_item(uuid) definer for authenticated,service_role
function private.get_effective_limit(uuid,text) definer for authenticated,service_role
function private.get_first_visible_user() definer for authenticated
function private.get_folder(text) invoker for authenticated,service_role
function private.get_last_visible_user() definer for authenticated
function private.get_my_tier() definer for authenticated
function private.get_my_usage(text) definer for authenticated
function private.get_referred_person(uuid) definer for authenticated,service_role
function private.get_review_interval(integer) invoker
function private.get_smallest_crowd() invoker
function private.get_tier(uuid) definer
function private.get_tier_at(uuid,timestamp with time zone) definer
function private.grant_entitlement(uuid,text,text,text,timestamp with time zone,timestamp with time zone,uuid,uuid,text) invoker
function private.grant_plan(uuid,text,timestamp with time zone,text) definer for authenticated,service_role
function private.guard_adaptive_serving() invoker
function private.guard_admin_message() definer
function private.guard_admin_message_delivery() invoker
function private.guard_affiliate() invoker
function private.guard_affiliate_commission() definer
function private.guard_affiliate_payout() invoker
function private.guard_affiliate_program() definer
function private.guard_affiliate_referral() invoker
function private.guard_assignment() invoker
function private.guard_assignment_attempt() definer
function private.guard_attempt() definer
function private.guard_coach_switch() definer
function private.guard_diagnostic_form() definer
function private.guard_diagnostic_form_part() definer
function private.guard_diagnostic_run() invoker
function private.guard_diagnostic_run_item() invoker
function private.guard_drill_item() definer
function private.guard_drill_set() definer
function private.guard_editorial_flag() definer
function private.guard_editorial_history() definer
function private.guard_editorial_target() definer
function private.guard_entitlement() invoker
function private.guard_expression_exemplar() invoker
function private.guard_payment_event() invoker
function private.guard_practice_pack() definer
function private.guard_practice_pack_item() definer
function private.guard_product_rec_event() invoker
function private.guard_profile() invoker
function private.guard_provider_event() invoker
function private.guard_report() invoker
function private.guard_session() invoker
function private.guard_set_member() definer
function private.guard_ticket() definer
function private.guard_ticket_event() definer
function private.guard_ticket_message() definer
function private.handle_new_user() definer
function private.has_paid(uuid) definer
function private.has_upload_left() definer for authenticated
function private.has_written_editorial_item(uuid) invoker
function private.hash_email(text) invoker
function private.hide_exemplar_item() definer
function private.hide_pack_item(uuid,boolean) definer for authenticated,service_role
function private.is_admin() definer for authenticated
function private.is_four_eyes_required() definer
function private.is_in_a_set(uuid) definer for authenticated
function private.is_livemode() invoker
function private.is_own_open_session(uuid) definer for authenticated
function private.is_payment_waiting(text,text) invoker
function private.is_service() invoker
function private.is_staff() definer for authenticated,service_role
function private.keep_expression(uuid) definer for authenticated
function private.limit_inserts() definer
function private.limit_saved_filters() invoker
function private.list_affiliate_commissions(timestamp with time zone,uuid,integer) definer for authenticated,service_role
function private.list_assignments(timestamp with time zone,uuid,integer) definer for authenticated,service_role
function private.list_audit_logs(timestamp with time zone,uuid,integer) definer for authenticated,service_role
function private.list_disputed_payments() definer
function private.list_drill_stats(boolean) definer for authenticated,service_role
function private.list_drill_stats_daily(uuid,boolean,date,date) definer for authenticated,service_role
function private.list_events(timestamp with time zone,uuid,integer) definer for authenticated,service_role
function private.list_my_admin_messages() definer for authenticated
function private.list_open_assigned_set_ids() definer for authenticated
function private.list_payments(timestamp with time zone,uuid,integer) definer for authenticated,service_role
function private.list_sessions(timestamp with time zone,uuid,integer) definer for authenticated,service_role
function private.list_shown_diagnostic_form_ids() definer for authenticated
function private.list_staffed_coach_keys() definer for authenticated
function private.lock_affiliate_for_decision(uuid) invoker
function private.lock_own_assignment(uuid) invoker
function private.lock_own_diagnostic_run(uuid) invoker
function private.lock_own_session(uuid) invoker
function private.lock_reachable_ticket(uuid) invoker
function private.log_event(text,uuid,jsonb,text,text,smallint) invoker
function private.log_own_event(text,jsonb) definer for authenticated
function private.log_ticket_change() definer
function private.make_affiliate_payout(uuid,text) definer for authenticated,service_role
function private.make_weekly_recaps(date,integer) definer for service_role
function private.mark_admin_message(uuid,boolean) definer for authenticated,service_role
function private.mint_realtime_token(text,text,integer,uuid,jsonb) definer for authenticated
function private.move_editorial_item(uuid,text,text,integer) definer for authenticated,service_role
function private.move_skill(uuid,text,text,numeric,numeric,numeric) invoker
function private.open_ticket(uuid,uuid,text,text,text,jsonb,text,text,text,text,text,jsonb) definer for authenticated,service_role
function private.parse_uuid(text) invoker
function private.paymongo_log_event(text,text,text,jsonb,timestamp with time zone) definer for service_role
function private.paypal_log_event(text,text,text,text,jsonb,timestamp with time zone) definer for service_role
function private.perform_coach_switch(text,text) definer for authenticated
function private.process_paymongo_event(text) invoker
function private.process_paypal_event(text) invoker
function private.publish_editorial_item(uuid) invoker
function private.publish_pack() definer
function private.read_bigint(jsonb,text[]) invoker
function private.read_paypal_currency(jsonb) invoker
function private.read_paypal_minor(jsonb) invoker
function private.read_paypal_time(jsonb,text[]) invoker
function private.read_text(jsonb,text[]) invoker
function private.recon_enqueue_daily(text,date,date,jsonb,timestamp with time zone) definer for authenticated,service_role
function private.recon_mark_resolved(uuid,text) definer for authenticated,service_role
function private.recon_run_finish(uuid,text,jsonb,text) definer for service_role
function private.recon_run_start(uuid) definer for service_role
function private.reconcile_settlements(text,date,jsonb) definer for service_role
function private.record_adaptive_outcome(uuid,uuid,text,numeric,integer,text) definer for service_role
function private.record_affiliate_click(text,text,text,text,jsonb) definer for service_role
function private.record_editorial_change() definer
function private.record_limit_usage(uuid,text,numeric,timestamp with time zone) definer for authenticated,service_role
function private.record_payment_event(jsonb) definer for service_role
function private.record_product_rec_event(text,text,uuid,uuid,uuid,text,smallint,jsonb) definer for authenticated,service_role
function private.record_recon_findings(uuid,jsonb,uuid[]) invoker
function private.record_review(uuid,boolean) definer for authenticated
function private.refresh_views() definer for service_role
function private.refuse_data_loss(regclass,boolean,name) invoker
function private.refuse_rewriting() invoker
function private.release_affiliate_payout() definer
function private.release_lease(text,text) definer for service_role
function private.remember_former_account() definer
function private.reorder_set(uuid,uuid[]) definer for authenticated,service_role
function private.reply_ticket(uuid,text,jsonb,text,uuid) definer for authenticated,service_role
function private.report_content(text,uuid,text) definer for authenticated
function private.report_expression(uuid,text) definer for authenticated
function private.retry_payment_events(integer) definer for service_role
function private.retry_paymongo_events(integer) definer for service_role
function private.retry_paypal_events(integer) definer for service_role
function private.revoke_entitlement(uuid,text) definer for authenticated,service_role
function private.revoke_realtime_token(uuid,text) definer for authenticated,service_role
function private.revoke_session_tokens() definer
function private.run_job(text) definer for service_role
function private.run_job_affiliate_payouts() definer
function private.run_job_assignments() definer
function private.run_job_drip() definer
function private.run_job_payments() definer
function private.run_job_paymongo() definer
function private.run_job_paypal() definer
function private.run_job_purge_realtime_tokens() definer
function private.run_job_recap() definer
function private.run_job_reconciliation() definer
function private.run_job_sla() definer
function private.run_job_tiers() definer
function private.run_job_views() definer
function private.save_editorial_item(uuid,integer,jsonb,text) definer for authenticated,service_role
function private.score_diagnostic_item(uuid,numeric,jsonb) definer for service_role
function private.serve_next_diagnostic_item(uuid) definer for authenticated,service_role
function private.set_affiliate_payout_state(uuid,text,text,text) definer for authenticated,service_role
function private.set_affiliate_state(uuid,text,text) definer for authenticated,service_role
function private.set_affiliate_terms(uuid,integer,integer) definer for authenticated,service_role
function private.set_pack_state(uuid,text,integer) definer for authenticated,service_role
function private.set_price_retired_at() invoker
function private.set_updated_at() invoker
function private.set_user_coach(uuid,text,text) definer for authenticated,service_role
function private.set_user_role(uuid,text) definer for authenticated,service_role
function private.settle_affiliate_commission(text,text,uuid,text,bigint,timestamp with time zone,boolean) invoker
function private.settle_diagnostic_run(uuid) invoker
function private.settle_payment(uuid) invoker
function private.settle_payment_commission() definer
function private.settle_tiers(integer) definer for service_role
function private.skip_assignment(uuid) definer for authenticated,service_role
function private.spend_budget(text,bigint) definer
function private.stamp_author() invoker
function private.start_assignment(uuid) definer for authenticated,service_role
function private.start_session(uuid,uuid,text,text) definer for authenticated,service_role
function private.stop_marketing() definer
function private.submit_assignment_attempt(uuid,jsonb,uuid,integer,jsonb,uuid) definer for authenticated,service_role
function private.submit_session(uuid) definer for authenticated,service_role
function private.sync_profile_email() definer
function private.take_affiliate_payout(uuid,text) invoker
function private.ticket_after_message() definer
function private.ticket_set_state(uuid,text) definer for authenticated,service_role
function private.upsert_paymongo_payment(jsonb,jsonb,text) invoker
function private.upsert_paypal_dispute(text,text,text,jsonb) invoker
function private.upsert_paypal_order(text,jsonb,text) invoker
function public.abort_session(uuid) invoker for authenticated,service_role
function public.acquire_lease(text,text,integer) invoker for service_role
function public.adaptive_next_drill(uuid,text,text) invoker for authenticated,service_role
function public.admin_message_set_state(uuid,text,timestamp with time zone) invoker for authenticated,service_role
function public.admin_messages_due(timestamp with time zone) invoker for authenticated,service_role
function public.admin_promote_expressions(text,uuid[],text,text,smallint,text) invoker for authenticated,service_role
function public.apply_as_affiliate(text,text,text,text) invoker for authenticated
function public.assign(uuid,uuid,uuid,text,text,timestamp with time zone,date,integer) invoker for authenticated,service_role
function public.attach_affiliate_referral(uuid,uuid,text) invoker for authenticated,service_role
function public.begin_paymongo_intent(text,uuid,text,jsonb) invoker for service_role
function public.begin_paypal_order(text,uuid,text,jsonb) invoker for service_role
function public.begin_shopify_full_sync(text) invoker for service_role
function public.can_switch_coach(uuid,text) invoker for authenticated,service_role
function public.cancel_assignment(uuid) invoker for authenticated,service_role
function public.cancel_diagnostic_run(uuid) invoker for authenticated,service_role
function public.choose_coach(text) invoker for authenticated
function public.claim_deliveries(text,integer,text) invoker for service_role
function public.claim_payment(uuid,uuid,text) invoker for authenticated,service_role
function public.coach_next_allowed_at(uuid) invoker for authenticated,service_role
function public.coach_switches_30d(uuid) invoker for authenticated,service_role
function public.complete_assignment(uuid) invoker for authenticated,service_role
function public.compute_sla_due(text,timestamp with time zone) invoker for authenticated,service_role
function public.create_affiliate_link(uuid,text,text,jsonb) invoker for authenticated,service_role
function public.create_set_version(uuid) invoker for authenticated,service_role
function public.diagnostic_complete_run(uuid) invoker for authenticated,service_role
function public.diagnostic_start(uuid,text) invoker for authenticated,service_role
function public.diagnostic_submit_item(uuid,numeric,integer,text,text) invoker for authenticated,service_role
function public.dismiss_payment_event(uuid,text) invoker for authenticated,service_role
function public.disqualify_affiliate_referral(uuid,text) invoker for authenticated,service_role
function public.enqueue_admin_message(uuid,integer) invoker for service_role
function public.expire_assignments(integer) invoker for service_role
function public.filter_drills(text[],text[],smallint[],timestamp with time zone,timestamp with time zone,integer,uuid) invoker for authenticated,service_role
function public.filter_drills_json(jsonb,integer,uuid) invoker for authenticated,service_role
function public.find_drill_filter_error(jsonb) invoker for authenticated,service_role
function public.find_profiles(text) invoker for authenticated,service_role
function public.finish_session(uuid,numeric,integer,numeric) invoker for authenticated,service_role
function public.finish_shopify_full_sync(uuid,integer,integer,text) invoker for service_role
function public.get_affiliate_link(text) invoker for service_role
function public.get_drill_item(uuid) invoker for authenticated,service_role
function public.get_effective_limit(uuid,text) invoker for authenticated,service_role
function public.grant_plan(uuid,text,timestamp with time zone,text) invoker for authenticated,service_role
function public.hide_pack_item(uuid,boolean) invoker for authenticated,service_role
function public.is_admin(uuid) invoker for authenticated
function public.is_search_ready() invoker for authenticated,service_role
function public.keep_expression(uuid) invoker for authenticated
function public.list_affiliate_commissions(timestamp with time zone,uuid,integer) invoker for authenticated,service_role
function public.list_assignments(timestamp with time zone,uuid,integer) invoker for authenticated,service_role
function public.list_audit_logs(timestamp with time zone,uuid,integer) invoker for authenticated,service_role
function public.list_drill_stats_daily(uuid,date,date) invoker for authenticated,service_role
function public.list_events(timestamp with time zone,uuid,integer) invoker for authenticated,service_role
function public.list_payments(timestamp with time zone,uuid,integer) invoker for authenticated,service_role
function public.list_sessions(timestamp with time zone,uuid,integer) invoker for authenticated,service_role
function public.log_event(text,jsonb) invoker for authenticated
function public.make_affiliate_payout(uuid,text) invoker for authenticated,service_role
function public.make_weekly_recaps(date,integer) invoker for service_role
function public.manila_week_start(timestamp with time zone) invoker for authenticated,service_role
function public.mark_admin_message(uuid,boolean) invoker for authenticated,service_role
function public.mark_deliveries_sent(uuid[]) invoker for service_role
function public.mark_delivery_failed(uuid,text,text,boolean) invoker for service_role
function public.mint_realtime_token(text,text,integer,uuid,jsonb) invoker for authenticated
function public.mnl_date(timestamp with time zone) invoker for authenticated,service_role
function public.move_editorial_item(uuid,text,text,integer) invoker for authenticated,service_role
function public.open_ticket(text,text,text,jsonb,text,text,jsonb,uuid) invoker for authenticated
function public.open_ticket_for(uuid,text,text,text,text,text,text,text,jsonb,jsonb,uuid) invoker for authenticated,service_role
function public.paymongo_log_event(text,text,text,jsonb,timestamp with time zone) invoker for service_role
function public.paypal_log_event(text,text,text,text,jsonb,timestamp with time zone) invoker for service_role
function public.perform_coach_switch(text,text) invoker for authenticated
function public.recon_enqueue_daily(text,date,date,jsonb,timestamp with time zone) invoker for authenticated,service_role
function public.recon_mark_resolved(uuid,text) invoker for authenticated,service_role
function public.recon_run_finish(uuid,text,jsonb,text) invoker for service_role
function public.recon_run_start(uuid) invoker for service_role
function public.reconcile_settlements(text,date,jsonb) invoker for service_role
function public.record_adaptive_outcome(uuid,uuid,text,numeric,integer,text) invoker for service_role
function public.record_affiliate_click(text,text,text,text,jsonb) invoker for service_role
function public.record_limit_usage(uuid,text,numeric) invoker for authenticated,service_role
function public.record_payment_event(jsonb) invoker for service_role
function public.record_product_rec_event(text,text,uuid,uuid,uuid,text,smallint,jsonb) invoker for authenticated,service_role
function public.record_review(uuid,boolean) invoker for authenticated
function public.refresh_views() invoker for service_role
function public.release_lease(text,text) invoker for service_role
function public.reorder_set(uuid,uuid[]) invoker for authenticated,service_role
function public.reply_ticket(uuid,text,jsonb,text,uuid) invoker for authenticated,service_role
function public.report_content(text,uuid,text) invoker for authenticated
function public.report_expression(uuid,text) invoker for authenticated
function public.retry_payment_events(integer) invoker for service_role
function public.retry_paymongo_events(integer) invoker for service_role
function public.retry_paypal_events(integer) invoker for service_role
function public.revoke_entitlement(uuid,text) invoker for authenticated,service_role
function public.revoke_realtime_token(uuid,text) invoker for authenticated,service_role
function public.run_admin_message_drip(integer) invoker for service_role
function public.run_job(text) invoker for service_role
function public.save_editorial_item(uuid,integer,jsonb,text) invoker for authenticated,service_role
function public.score_diagnostic_item(uuid,numeric,jsonb) invoker for service_role
function public.serve_next_diagnostic_item(uuid) invoker for authenticated,service_role
function public.set_affiliate_payout_state(uuid,text,text,text) invoker for authenticated,service_role
function public.set_affiliate_state(uuid,text,text) invoker for authenticated,service_role
function public.set_affiliate_terms(uuid,integer,integer) invoker for authenticated,service_role
function public.set_default_filter(uuid) invoker for authenticated
function public.set_pack_state(uuid,text,integer) invoker for authenticated,service_role
function public.set_user_coach(uuid,text,text) invoker for authenticated,service_role
function public.set_user_role(uuid,text) invoker for authenticated,service_role
function public.settle_tiers(integer) invoker for service_role
function public.skip_assignment(uuid) invoker for authenticated,service_role
function public.start_assignment(uuid) invoker for authenticated,service_role
function public.start_session(uuid,uuid,text,text) invoker for authenticated,service_role
function public.storage_folder(text) invoker for authenticated,service_role
function public.submit_assignment_attempt(uuid,jsonb,uuid,integer,jsonb,uuid) invoker for authenticated,service_role
function public.submit_session(uuid) invoker for authenticated,service_role
function public.ticket_mark_sla_breaches(integer) invoker for service_role
function public.ticket_set_state(uuid,text) invoker for authenticated,service_role
function public.try_lock(text) invoker for service_role
function public.unlock(text) invoker for service_role
function public.upsert_shopify_collections(jsonb,text,text) invoker for service_role
function public.upsert_shopify_products(jsonb,text,text) invoker for service_role
function public.verify_realtime_token(text) invoker for service_role
grant public.adaptive_history authenticated select
grant public.adaptive_history service_role delete,insert,select,update
grant public.adaptive_item_calibration authenticated delete,insert(active,coach_key,difficulty,discriminant,drill_id,exposure_cap,target_level,topic),select,update(active,coach_key,difficulty,discriminant,exposure_cap,target_level)
grant public.adaptive_item_calibration service_role delete,insert,select,update
grant public.adaptive_user_skill authenticated select
grant public.adaptive_user_skill service_role delete,insert,select,update
grant public.admin_message_deliveries authenticated select
grant public.admin_message_deliveries service_role delete,insert,select,update
grant public.admin_messages authenticated delete,insert(audience_filter,body_html,body_text,channels,cta_label,cta_url,hero_image_url,importance,is_marketing,meta,tags,title),select,update(audience_filter,body_html,body_text,channels,cta_label,cta_url,hero_image_url,importance,is_marketing,meta,tags,title)
grant public.admin_messages service_role delete,insert,select,update
grant public.affiliate_clicks authenticated select(affiliate_id,affiliate_user_id,clicked_at,country_code,link_id,utm)
grant public.affiliate_clicks service_role select
grant public.affiliate_commissions authenticated select(affiliate_id,affiliate_user_id,amount_minor,base_minor,created_at,currency_code,id,kind,payout_id,rate_bps,referral_id)
grant public.affiliate_commissions service_role select
grant public.affiliate_links authenticated select,update(landing_path,utm_defaults)
grant public.affiliate_links service_role select
grant public.affiliate_payouts authenticated select
grant public.affiliate_payouts service_role select
grant public.affiliate_programs authenticated insert(code,cookie_days,currency_code,default_rate_bps,hold_days,id,is_active,min_payout_minor,name,payout_change_days),select,update(code,cookie_days,currency_code,default_rate_bps,hold_days,id,is_active,min_payout_minor,name,payout_change_days)
grant public.affiliate_programs service_role delete,insert,select,update
grant public.affiliate_referrals authenticated select(affiliate_id,affiliate_user_id,attached_at,converted_at,disqualified_at,id,link_id,status,status_reason)
grant public.affiliate_referrals service_role select
grant public.affiliates authenticated select,update(display_name,payout_method,website)
grant public.affiliates service_role select
grant public.assignment_attempts authenticated select
grant public.assignment_attempts service_role delete,insert,select,update
grant public.assignments authenticated select,update(description,due_at,priority,scheduled_for,tags,title)
grant public.assignments service_role delete,insert,select,update
grant public.attempts authenticated insert(drill_id,prompt,response,session_id,user_id),select
grant public.attempts service_role delete,insert,select,update
grant public.audit_logs authenticated select
grant public.audit_logs service_role select
grant public.billing_profiles authenticated select
grant public.billing_profiles service_role delete,insert,select,update
grant public.catalogs authenticated delete,insert(coach_key,created_by,description,id,is_public,state,tags,title),select,update(coach_key,created_by,description,id,is_public,state,tags,title)
grant public.catalogs service_role delete,insert,select,update
grant public.coach_staff authenticated delete,insert(coach_key,user_id),select
grant public.coach_staff service_role delete,insert,select,update
grant public.coach_switch_rules authenticated insert(cooldown_days,max_switches_30d,tier),select,update(cooldown_days,max_switches_30d,tier)
grant public.coach_switch_rules service_role delete,insert,select,update
grant public.coach_switches authenticated select
grant public.coach_switches service_role select
grant public.coaches anon select
grant public.coaches authenticated delete,insert(audience,benefits,display_name,is_active,key,position,tagline,tools),select,update(audience,benefits,display_name,is_active,key,position,tagline,tools)
grant public.coaches service_role delete,insert,select,update
grant public.daily_usage authenticated select
grant public.daily_usage service_role delete,insert,select,update
grant public.diagnostic_form_items authenticated delete,insert(drill_id,form_id,id,idx,kind,payload,rubric,section_id,weight),select,update(drill_id,form_id,id,idx,kind,payload,rubric,section_id,weight)
grant public.diagnostic_form_items service_role delete,insert,select,update
grant public.diagnostic_form_sections authenticated delete,insert(form_id,id,idx,target_topics,time_limit_sec,title),select,update(form_id,id,idx,target_topics,time_limit_sec,title)
grant public.diagnostic_form_sections service_role delete,insert,select,update
grant public.diagnostic_forms authenticated delete,insert(coach_key,code,config,id,summary,title),select,update(coach_key,code,config,state,summary,title)
grant public.diagnostic_forms service_role delete,insert,select,update
grant public.diagnostic_run_items authenticated select
grant public.diagnostic_run_items service_role delete,insert,select,update
grant public.diagnostic_runs authenticated select,update(notes)
grant public.diagnostic_runs service_role delete,insert,select,update
grant public.drill_items authenticated delete,insert(answer_key,content,difficulty,drill_id,exam_mapping,hints,id,kind,qa_flags,reading_level,source_ref,title),select(content,created_at,difficulty,drill_id,exam_mapping,hints,id,kind,reading_level,title,updated_at),update(answer_key,content,difficulty,drill_id,exam_mapping,hints,kind,qa_flags,reading_level,source_ref,title)
grant public.drill_items service_role delete,insert,select,update
grant public.drill_sets authenticated delete,insert(changelog,coach_key,description,difficulty,gating,id,section,tags,title),select,update(changelog,coach_key,description,difficulty,gating,section,state,tags,title)
grant public.drill_sets service_role delete,insert,select,update
grant public.drills authenticated delete,insert(catalog_id,coach_key,created_by,difficulty,gating,id,is_public,prompt,rubric_id,slug,state,tags,time_estimate_minutes,title,type),select,update(catalog_id,coach_key,created_by,difficulty,gating,id,is_public,prompt,rubric_id,slug,state,tags,time_estimate_minutes,title,type)
grant public.drills service_role delete,insert,select,update
grant public.editorial_flags authenticated insert(editorial_item_id,flag_type,id,payload,severity),select,update(resolution)
grant public.editorial_flags service_role insert(editorial_item_id,flag_type,id,payload,severity),select,update(resolution)
grant public.editorial_item_coach_targets authenticated delete,insert(coach_key,editorial_item_id),select
grant public.editorial_item_coach_targets service_role delete,insert(coach_key,editorial_item_id),select
grant public.editorial_items authenticated delete,insert(accessibility,body,difficulty,exam_mapping,gating,id,kind,language,reading_level,slug,summary,taxonomy,time_estimate_minutes,title),select
grant public.editorial_items service_role delete,insert,select,update
grant public.editorial_transitions authenticated select
grant public.editorial_transitions service_role select
grant public.editorial_versions authenticated select
grant public.editorial_versions service_role select
grant public.entitlement_history authenticated select(action,created_at,ends_at,entitlement_id,id,plan_code,source,starts_at,user_id)
grant public.entitlement_history service_role select
grant public.entitlements authenticated select(created_at,ends_at,id,plan_code,revoked_at,source,starts_at,subscription_id,updated_at,user_id)
grant public.entitlements service_role select
grant public.events authenticated select
grant public.events service_role insert,select
grant public.exemplar_pack_items authenticated select
grant public.exemplar_pack_items service_role select
grant public.exemplar_packs authenticated select
grant public.exemplar_packs service_role select
grant public.expression_exemplars authenticated delete,insert(coach_key,difficulty,example_prompt,language,skill,state,tags,topic,upgraded_text),select,update(coach_key,difficulty,example_prompt,language,skill,state,tags,topic,upgraded_text)
grant public.expression_exemplars service_role delete,insert,select,update
grant public.expression_favorites authenticated delete,insert(item_id,user_id),select
grant public.expression_favorites service_role delete,insert,select,update
grant public.expression_reviews authenticated select,update(is_suspended)
grant public.expression_reviews service_role select
grant public.feature_flags authenticated delete,insert(description,enabled,is_public,key,rollout),select,update(description,enabled,is_public,key,rollout)
grant public.feature_flags service_role delete,insert,select,update
grant public.job_runs authenticated select
grant public.job_runs service_role select
grant public.ledger_accounts authenticated select
grant public.ledger_accounts service_role select
grant public.ledger_entries authenticated select
grant public.ledger_entries service_role select
grant public.ledger_postings authenticated select
grant public.ledger_postings service_role select
grant public.limit_usage authenticated select
grant public.limit_usage service_role delete,insert,select,update
grant public.limits authenticated delete,insert(description,key,value),select,update(description,key,value)
grant public.limits service_role delete,insert,select,update
grant public.limits_catalog authenticated delete,insert(description,key,rolling_days,unit,window_kind),select,update(description,key,rolling_days,unit,window_kind)
grant public.limits_catalog service_role delete,insert,select,update
grant public.payment_events authenticated select(amount_minor,attempts,cancel_at_period_end,currency_code,event_id,event_type,id,object_ref,occurred_at,outcome,payment_ref,period_end,period_start,plan_code,processed_at,provider,received_at,status,subscription_ref,subscription_status,tried_at,user_id)
grant public.payment_events service_role select
grant public.payments authenticated select
grant public.payments service_role select
grant public.paymongo_events authenticated select
grant public.paymongo_events service_role select
grant public.paymongo_payment_intents authenticated select
grant public.paymongo_payment_intents service_role select
grant public.paymongo_payments authenticated select
grant public.paymongo_payments service_role select
grant public.paymongo_price_map authenticated insert(amount_minor,currency_code,is_active,months,plan_code,price_id),select,update(is_active)
grant public.paymongo_price_map service_role insert(amount_minor,currency_code,is_active,months,plan_code,price_id),select,update(is_active)
grant public.paypal_captures authenticated select
grant public.paypal_captures service_role select
grant public.paypal_disputes authenticated select
grant public.paypal_disputes service_role select
grant public.paypal_events authenticated select
grant public.paypal_events service_role select
grant public.paypal_orders authenticated select
grant public.paypal_orders service_role select
grant public.paypal_price_map authenticated insert(amount_minor,currency_code,is_active,months,plan_code,price_id),select,update(is_active)
grant public.paypal_price_map service_role insert(amount_minor,currency_code,is_active,months,plan_code,price_id),select,update(is_active)
grant public.paypal_subscriptions authenticated select
grant public.paypal_subscriptions service_role select
grant public.practice_pack_items authenticated delete,insert(audio_url,is_hidden,kind,notes,order_index,original_text,pack_id,phonetics,revised_text,tags,user_id),select,update(audio_url,is_hidden,kind,notes,order_index,original_text,phonetics,revised_text,tags)
grant public.practice_pack_items service_role delete,insert,select,update
grant public.practice_packs authenticated delete,insert(coach_key,difficulty,language,session_id,summary,title,topics,user_id),select,update(difficulty,language,summary,title,topics)
grant public.practice_packs service_role delete,insert,select,update
grant public.product_rec_events authenticated select
grant public.product_rec_events service_role insert,select
grant public.product_rec_items anon select(affiliate_url,available,coach_keys,currency_code,description,difficulties,ends_at,id,image_url,is_active,markets,partner,price_max_minor,price_min_minor,shopify_product_id,source,starts_at,subtitle,tags,tiers,title,topics,url,weight)
grant public.product_rec_items authenticated delete,insert(affiliate_url,available,coach_keys,currency_code,description,difficulties,ends_at,id,image_url,is_active,markets,partner,price_max_minor,price_min_minor,shopify_product_id,source,starts_at,subtitle,tags,tiers,title,topics,url,weight),select(affiliate_url,available,coach_keys,created_at,created_by,currency_code,description,difficulties,ends_at,id,image_url,is_active,markets,partner,price_max_minor,price_min_minor,shopify_product_id,source,starts_at,subtitle,tags,tiers,title,topics,updated_at,updated_by,url,weight),update(affiliate_url,available,coach_keys,currency_code,description,difficulties,ends_at,image_url,is_active,markets,partner,price_max_minor,price_min_minor,shopify_product_id,source,starts_at,subtitle,tags,tiers,title,topics,url,weight)
grant public.product_rec_items service_role delete,insert,select,update
grant public.product_rec_rules anon select(coach_keys,difficulties,ends_at,id,is_active,markets,max_items,starts_at,surface,tiers,topics)
grant public.product_rec_rules authenticated delete,insert(coach_keys,description,difficulties,ends_at,id,is_active,markets,max_items,name,starts_at,surface,tiers,topics),select(coach_keys,created_at,created_by,description,difficulties,ends_at,id,is_active,markets,max_items,name,starts_at,surface,tiers,topics,updated_at,updated_by),update(coach_keys,description,difficulties,ends_at,is_active,markets,max_items,name,starts_at,surface,tiers,topics)
grant public.product_rec_rules service_role delete,insert,select,update
grant public.product_rec_slots anon select(ends_at,id,is_active,item_id,position,rule_id,starts_at,surface,weight)
grant public.product_rec_slots authenticated delete,insert(ends_at,id,is_active,item_id,position,rule_id,starts_at,surface,weight),select(created_at,ends_at,id,is_active,item_id,position,rule_id,starts_at,surface,updated_at,weight),update(ends_at,is_active,item_id,position,rule_id,starts_at,surface,weight)
grant public.product_rec_slots service_role delete,insert,select,update
grant public.profiles authenticated select,update(avatar_url,country_code,currency_code,daily_target_minutes,domains,full_name,goals,language,marketing_opt_in,practice_focus,preferred_difficulty,profession,reminder_time_local,timezone)
grant public.profiles service_role delete,insert,select,update
grant public.realtime_tokens authenticated select(expires_at,id,issued_at,meta,provider,reason,revoked_at,scope,session_id,user_id)
grant public.realtime_tokens service_role select
grant public.recon_findings authenticated select
grant public.recon_findings service_role select
grant public.recon_jobs authenticated select
grant public.recon_jobs service_role select
grant public.recon_runs authenticated select
grant public.recon_runs service_role select
grant public.reports authenticated select,update(handled_by,status)
grant public.reports service_role delete,insert,select,update
grant public.rubrics authenticated delete,insert(coach_key,id,spec,state,title,version),select,update(coach_key,id,spec,state,title,version)
grant public.rubrics service_role delete,insert,select,update
grant public.saved_filters authenticated delete,insert(criteria,is_default,name,user_id),select,update(criteria,is_default,name)
grant public.saved_filters service_role delete,insert,select,update
grant public.sessions authenticated select,update(notes)
grant public.sessions service_role delete,insert,select,update
grant public.set_members authenticated delete,insert(item_id,pinned,position,set_id,weight),select,update(pinned,position,weight)
grant public.set_members service_role delete,insert,select,update
grant public.settings authenticated delete,insert(description,key,value),select,update(description,key,value)
grant public.settings service_role delete,insert,select,update
grant public.shopify_collections_cache anon select(description_html,handle,id,image_url,is_hidden,is_published,market,shopify_id,title)
grant public.shopify_collections_cache authenticated select(description_html,handle,id,image_url,is_hidden,is_published,market,seen_at,shopify_id,shopify_updated_at,title),update(is_hidden)
grant public.shopify_collections_cache service_role delete,insert,select,update
grant public.shopify_product_collections anon select
grant public.shopify_product_collections authenticated select
grant public.shopify_product_collections service_role delete,insert,select,update
grant public.shopify_products_cache anon select(available,currency_code,handle,id,image_url,is_hidden,is_published,market,price_max_minor,price_min_minor,product_type,shopify_id,tags,title,url,vendor)
grant public.shopify_products_cache authenticated select(available,currency_code,handle,id,image_url,is_hidden,is_published,market,price_max_minor,price_min_minor,product_type,seen_at,shopify_id,shopify_updated_at,tags,title,url,vendor),update(is_hidden)
grant public.shopify_products_cache service_role delete,insert,select,update
grant public.shopify_sync_state authenticated select
grant public.shopify_sync_state service_role delete,insert,select,update
grant public.subscriptions authenticated select
grant public.subscriptions service_role delete,insert,select,update
grant public.ticket_events authenticated select
grant public.ticket_events service_role insert,select
grant public.ticket_messages authenticated select
grant public.ticket_messages service_role delete,insert,select,update
grant public.tickets authenticated select,update(assigned_to,category,coach_key,priority,tags)
grant public.tickets service_role delete,insert,select,update
grant public.tier_limits authenticated delete,insert(key,limits_key,tier,value),select,update(key,limits_key,tier,value)
grant public.tier_limits service_role delete,insert,select,update
grant public.tier_plans anon select
grant public.tier_plans authenticated insert(code,currency_code,is_active,name,price_month_minor,price_year_minor,rank),select,update(code,currency_code,is_active,name,price_month_minor,price_year_minor,rank)
grant public.tier_plans service_role delete,insert,select,update
grant public.user_limits authenticated delete,insert(expires_at,key,reason,user_id,value),select,update(expires_at,key,reason,user_id,value)
grant public.user_limits service_role delete,insert,select,update
grant public.user_weekly_recaps authenticated select
grant public.user_weekly_recaps service_role select
grant public.v_activity_30d_mnl authenticated select
grant public.v_activity_30d_mnl service_role select
grant public.v_admin_messages_outbox authenticated select
grant public.v_admin_messages_outbox service_role select
grant public.v_admin_messages_stats authenticated select
grant public.v_admin_messages_stats service_role select
grant public.v_affiliate_balances authenticated select
grant public.v_affiliate_balances service_role select
grant public.v_affiliate_clicks_daily authenticated select
grant public.v_affiliate_clicks_daily service_role select
grant public.v_affiliate_commissions authenticated select
grant public.v_affiliate_commissions service_role select
grant public.v_affiliate_commissions_admin authenticated select
grant public.v_affiliate_commissions_admin service_role select
grant public.v_affiliate_referrals_admin authenticated select
grant public.v_affiliate_referrals_admin service_role select
grant public.v_assignment_attempts_daily authenticated select
grant public.v_assignment_attempts_daily service_role select
grant public.v_assignment_latest authenticated select
grant public.v_assignment_latest service_role select
grant public.v_catalog_flat authenticated select
grant public.v_catalog_flat service_role select
grant public.v_coach_switch_status authenticated select
grant public.v_coach_switch_status service_role select
grant public.v_drill_facets_coach authenticated select
grant public.v_drill_facets_coach service_role select
grant public.v_drill_facets_date_daily authenticated select
grant public.v_drill_facets_date_daily service_role select
grant public.v_drill_facets_date_monthly authenticated select
grant public.v_drill_facets_date_monthly service_role select
grant public.v_drill_facets_date_weekly authenticated select
grant public.v_drill_facets_date_weekly service_role select
grant public.v_drill_facets_difficulty authenticated select
grant public.v_drill_facets_difficulty service_role select
grant public.v_drill_facets_overview authenticated select
grant public.v_drill_facets_overview service_role select
grant public.v_drill_facets_type authenticated select
grant public.v_drill_facets_type service_role select
grant public.v_drill_stats authenticated select
grant public.v_drill_stats service_role select
grant public.v_drill_stats_daily authenticated select
grant public.v_drill_stats_daily service_role select
grant public.v_editorial_review_queue authenticated select
grant public.v_editorial_review_queue service_role select
grant public.v_exemplars_catalog authenticated select
grant public.v_exemplars_catalog service_role select
grant public.v_expression_reports authenticated select
grant public.v_expression_reports service_role select
grant public.v_expressions_library authenticated select
grant public.v_expressions_library service_role select
grant public.v_my_admin_messages authenticated select
grant public.v_paymongo_events_flat authenticated select
grant public.v_paymongo_events_flat service_role select
grant public.v_paypal_events_flat authenticated select
grant public.v_paypal_events_flat service_role select
grant public.v_product_recs_for_user authenticated select
grant public.v_product_recs_public anon select
grant public.v_product_recs_public authenticated select
grant public.v_product_recs_public service_role select
grant public.v_realtime_token_valid authenticated select
grant public.v_realtime_token_valid service_role select
grant public.v_recon_open authenticated select
grant public.v_recon_open service_role select
grant public.v_revenue_daily authenticated select
grant public.v_revenue_daily service_role select
grant public.v_review_due authenticated select
grant public.v_review_due service_role select
grant public.v_shopify_collections_public anon select
grant public.v_shopify_collections_public authenticated select
grant public.v_shopify_collections_public service_role select
grant public.v_shopify_products_public anon select
grant public.v_shopify_products_public authenticated select
grant public.v_shopify_products_public service_role select
grant public.v_subscriptions_active authenticated select
grant public.v_subscriptions_active service_role select
grant public.v_tickets_inbox authenticated select
grant public.v_tickets_inbox service_role select
grant public.v_up_next_simple authenticated select
grant public.v_up_next_simple service_role select
grant public.v_user_current_plan authenticated select
grant public.v_user_current_plan service_role select
grant public.v_user_daily_sessions_mnl authenticated select
grant public.v_user_daily_sessions_mnl service_role select
grant public.v_user_limits authenticated select
grant public.v_user_progress authenticated select
grant public.v_user_progress service_role select
grant public.v_user_rubric_trends_weekly authenticated select
grant public.v_user_rubric_trends_weekly service_role select
grant public.v_user_weekly_attempts authenticated select
grant public.v_user_weekly_attempts service_role select
grant public.v_user_weekly_by_coach authenticated select
grant public.v_user_weekly_by_coach service_role select
grant public.v_user_weekly_card_mnl authenticated select
grant public.v_user_weekly_card_mnl service_role select
grant public.v_user_weekly_minutes authenticated select
grant public.v_user_weekly_minutes service_role select
grant public.v_user_weekly_recap authenticated select
grant public.v_user_weekly_recap service_role select
grant public.v_user_weekly_topics authenticated select
grant public.v_user_weekly_topics service_role select
index private.former_accounts: former_accounts_pkey
index private.hourly_usage: hourly_usage_pkey
index private.leases: leases_pkey
index private.made_buckets: made_buckets_pkey
index private.mv_drill_stats: mv_drill_stats_key
index private.mv_drill_stats_daily: mv_drill_stats_daily_key
index private.weekly_recap_runs: weekly_recap_runs_pkey
index public.adaptive_history: adaptive_history_open_key adaptive_history_pkey idx_adaptive_history_coach_key idx_adaptive_history_drill_id_served_at idx_adaptive_history_user_id_drill_id_served_at idx_adaptive_history_user_id_served_at
index public.adaptive_item_calibration: adaptive_item_calibration_pkey idx_adaptive_item_calibration_coach_key idx_adaptive_item_calibration_level
index public.adaptive_user_skill: adaptive_user_skill_pkey idx_adaptive_user_skill_coach_key_topic
index public.admin_message_deliveries: admin_message_deliveries_message_id_user_id_channel_key admin_message_deliveries_pkey idx_admin_message_deliveries_pending idx_admin_message_deliveries_user_id_sent_at
index public.admin_messages: admin_messages_pkey idx_admin_messages_approved_by idx_admin_messages_author_id idx_admin_messages_send_at idx_admin_messages_state_send_at
index public.affiliate_clicks: affiliate_clicks_pkey idx_affiliate_clicks_affiliate_id_affiliate_user_id idx_affiliate_clicks_link_id_clicked_at idx_affiliate_clicks_visible
index public.affiliate_commissions: affiliate_commissions_accrued_key affiliate_commissions_pkey affiliate_commissions_reversed_key idx_affiliate_commissions_affiliate_id_affiliate_user_id idx_affiliate_commissions_newest idx_affiliate_commissions_payout_id_affiliate_id_currency_code idx_affiliate_commissions_referral_id idx_affiliate_commissions_visible
index public.affiliate_links: affiliate_links_code_key affiliate_links_pkey idx_affiliate_links_affiliate_id_affiliate_user_id idx_affiliate_links_visible
index public.affiliate_payouts: affiliate_payouts_id_affiliate_id_currency_code_key affiliate_payouts_open_key affiliate_payouts_pkey idx_affiliate_payouts_affiliate_id_affiliate_user_id idx_affiliate_payouts_updated_at idx_affiliate_payouts_visible
index public.affiliate_programs: affiliate_programs_code_key affiliate_programs_pkey
index public.affiliate_referrals: affiliate_referrals_pkey affiliate_referrals_user_id_key idx_affiliate_referrals_affiliate_id_affiliate_user_id idx_affiliate_referrals_click_id idx_affiliate_referrals_link_id idx_affiliate_referrals_visible
index public.affiliates: affiliates_code_key affiliates_id_user_id_key affiliates_pkey affiliates_user_id_program_id_key idx_affiliates_pending idx_affiliates_program_id idx_affiliates_visible
index public.assignment_attempts: assignment_attempts_pkey idx_assignment_attempts_assignment idx_assignment_attempts_coach_key_submitted_at idx_assignment_attempts_item_id idx_assignment_attempts_latest idx_assignment_attempts_user_id_submitted_at
index public.assignments: assignments_id_user_id_coach_key_key assignments_open_drill_key assignments_open_set_key assignments_pkey idx_assignments_coach_key_created_at idx_assignments_created_by idx_assignments_drill_id idx_assignments_due idx_assignments_newest idx_assignments_set_id idx_assignments_user_id_created_at
index public.attempts: attempts_pkey idx_attempts_drill_id_created_at idx_attempts_session_id_user_id idx_attempts_user_id_created_at
index public.audit_logs: audit_logs_pkey idx_audit_logs_actor_user_id_created_at idx_audit_logs_newest idx_audit_logs_subject_user_id_created_at idx_audit_logs_table_name_row_id_created_at
index public.billing_profiles: billing_profiles_pkey billing_profiles_provider_customer_ref_key
index public.catalogs: catalogs_pkey idx_catalogs_coach_key_state idx_catalogs_created_by
index public.coach_staff: coach_staff_pkey idx_coach_staff_coach_key
index public.coach_switch_rules: coach_switch_rules_pkey
index public.coach_switches: coach_switches_pkey idx_coach_switches_user_id_switched_at
index public.coaches: coaches_pkey
index public.daily_usage: daily_usage_pkey idx_daily_usage_d_user_id
index public.diagnostic_form_items: diagnostic_form_items_id_section_id_key diagnostic_form_items_pkey diagnostic_form_items_section_id_idx_key idx_diagnostic_form_items_drill_id idx_diagnostic_form_items_form_id idx_diagnostic_form_items_section_id_form_id
index public.diagnostic_form_sections: diagnostic_form_sections_form_id_idx_key diagnostic_form_sections_id_form_id_key diagnostic_form_sections_pkey
index public.diagnostic_forms: diagnostic_forms_code_key diagnostic_forms_pkey idx_diagnostic_forms_coach_key_state idx_diagnostic_forms_created_by
index public.diagnostic_run_items: diagnostic_run_items_pkey diagnostic_run_items_run_id_idx_key idx_diagnostic_run_items_drill_id idx_diagnostic_run_items_form_item_id_section_id idx_diagnostic_run_items_run_id_user_id idx_diagnostic_run_items_unscored idx_diagnostic_run_items_user_id_created_at
index public.diagnostic_runs: diagnostic_runs_id_user_id_key diagnostic_runs_open_key diagnostic_runs_pkey idx_diagnostic_runs_form_id idx_diagnostic_runs_user_id_created_at
index public.drill_items: drill_items_pkey idx_drill_items_drill_id
index public.drill_sets: drill_sets_coach_key_section_title_version_key drill_sets_pkey idx_drill_sets_approved_by idx_drill_sets_coach_key_state_section idx_drill_sets_created_by
index public.drills: drills_pkey drills_slug_key idx_drills_catalog_id idx_drills_coach_key_state_type idx_drills_created_at idx_drills_created_by idx_drills_rubric_id
index public.editorial_flags: editorial_flags_pkey idx_editorial_flags_created_by idx_editorial_flags_editorial_item_id_created_at idx_editorial_flags_open idx_editorial_flags_resolved_by
index public.editorial_item_coach_targets: editorial_item_coach_targets_pkey editorial_item_coach_targets_published_drill_id_key idx_editorial_item_coach_targets_coach_key
index public.editorial_items: editorial_items_pkey editorial_items_slug_key idx_editorial_items_created_by idx_editorial_items_state_state_since idx_editorial_items_updated_by
index public.editorial_transitions: editorial_transitions_pkey idx_editorial_transitions_actor_id_created_at idx_editorial_transitions_editorial_item_id_created_at
index public.editorial_versions: editorial_versions_editorial_item_id_version_key editorial_versions_pkey idx_editorial_versions_created_by_created_at
index public.entitlement_history: entitlement_history_pkey idx_entitlement_history_entitlement_id_created_at idx_entitlement_history_user_id idx_entitlement_history_visible
index public.entitlements: entitlements_pkey entitlements_source_source_ref_key idx_entitlements_due idx_entitlements_granted_by idx_entitlements_plan_code idx_entitlements_subscription_id idx_entitlements_updated_at idx_entitlements_user_id_starts_at
index public.events: events_pkey idx_events_name_created_at idx_events_newest idx_events_user_id_created_at idx_events_visible
index public.exemplar_pack_items: exemplar_pack_items_pkey idx_exemplar_pack_items_pack_id_order_index
index public.exemplar_packs: exemplar_packs_pkey idx_exemplar_packs_coach_key_published_at idx_exemplar_packs_published_at
index public.expression_exemplars: expression_exemplars_pkey expression_exemplars_source_item_id_coach_key_key idx_expression_exemplars_coach_key_published_at idx_expression_exemplars_created_by idx_expression_exemplars_published
index public.expression_favorites: expression_favorites_pkey idx_expression_favorites_item_id_user_id
index public.expression_reviews: expression_reviews_pkey idx_expression_reviews_due idx_expression_reviews_item_id_user_id
index public.feature_flags: feature_flags_pkey
index public.job_runs: idx_job_runs_job_started_at job_runs_pkey
index public.ledger_accounts: ledger_accounts_pkey
index public.ledger_entries: idx_ledger_entries_d_currency_code ledger_entries_payment_event_id_key ledger_entries_payment_id_kind_object_ref_key ledger_entries_pkey
index public.ledger_postings: idx_ledger_postings_account_code_currency_code ledger_postings_pkey
index public.limit_usage: idx_limit_usage_key limit_usage_pkey
index public.limits: limits_pkey
index public.limits_catalog: limits_catalog_pkey
index public.payment_events: idx_payment_events_failed idx_payment_events_provider_payment_ref_occurred_at idx_payment_events_provider_subscription_ref idx_payment_events_user_id idx_payment_events_visible payment_events_pkey payment_events_provider_event_id_key
index public.payments: idx_payments_disputed idx_payments_newest idx_payments_plan_code idx_payments_provider_subscription_ref idx_payments_subscription_id idx_payments_unclaimed idx_payments_updated_at idx_payments_user_id idx_payments_visible payments_pkey payments_provider_payment_ref_key
index public.paymongo_events: idx_paymongo_events_about idx_paymongo_events_event_type_received_at idx_paymongo_events_failed idx_paymongo_events_received_at paymongo_events_pkey
index public.paymongo_payment_intents: idx_paymongo_payment_intents_price_id idx_paymongo_payment_intents_user_id_created_at paymongo_payment_intents_pkey
index public.paymongo_payments: idx_paymongo_payments_payment_intent_id idx_paymongo_payments_user_id_created_at paymongo_payments_pkey
index public.paymongo_price_map: idx_paymongo_price_map_plan_code paymongo_price_map_pkey
index public.paypal_captures: idx_paypal_captures_order_id idx_paypal_captures_subscription_id idx_paypal_captures_user_id_created_at paypal_captures_pkey
index public.paypal_disputes: idx_paypal_disputes_payment_ref paypal_disputes_dispute_id_key paypal_disputes_pkey paypal_disputes_reversal_id_key
index public.paypal_events: idx_paypal_events_about idx_paypal_events_event_type_received_at idx_paypal_events_failed idx_paypal_events_received_at paypal_events_pkey
index public.paypal_orders: idx_paypal_orders_user_id_created_at paypal_orders_pkey
index public.paypal_price_map: idx_paypal_price_map_plan_code paypal_price_map_pkey
index public.paypal_subscriptions: idx_paypal_subscriptions_user_id paypal_subscriptions_pkey
index public.practice_pack_items: idx_practice_pack_items_pack_id_user_id idx_practice_pack_items_user_id_created_at practice_pack_items_pack_id_order_index_key practice_pack_items_pkey
index public.practice_packs: idx_practice_packs_candidates idx_practice_packs_coach_key idx_practice_packs_session_id idx_practice_packs_user_id_created_at practice_packs_id_user_id_key practice_packs_pkey
index public.product_rec_events: idx_product_rec_events_item_id_created_at idx_product_rec_events_rule_id_created_at idx_product_rec_events_session_id idx_product_rec_events_slot_id_created_at idx_product_rec_events_user_id_created_at idx_product_rec_events_visible product_rec_events_pkey
index public.product_rec_items: idx_product_rec_items_created_by idx_product_rec_items_shopify_product_id idx_product_rec_items_updated_by product_rec_items_pkey
index public.product_rec_rules: idx_product_rec_rules_created_by idx_product_rec_rules_updated_by product_rec_rules_id_surface_key product_rec_rules_pkey
index public.product_rec_slots: idx_product_rec_slots_item_id idx_product_rec_slots_rule_id_surface idx_product_rec_slots_surface_position product_rec_slots_pkey
index public.profiles: idx_profiles_active_coach_key idx_profiles_email idx_profiles_role profiles_pkey
index public.realtime_tokens: idx_realtime_tokens_expires_at idx_realtime_tokens_session_id_user_id idx_realtime_tokens_user_id_expires_at realtime_tokens_pkey realtime_tokens_token_hash_key
index public.recon_findings: idx_recon_findings_accepted idx_recon_findings_job_id idx_recon_findings_open idx_recon_findings_resolved_by idx_recon_findings_resolved_run_id idx_recon_findings_run_id idx_recon_findings_seen_run_id idx_recon_findings_user_id recon_findings_open_key recon_findings_pkey
index public.recon_jobs: idx_recon_jobs_created_by idx_recon_jobs_job_type_date_to recon_jobs_open_key recon_jobs_pkey
index public.recon_runs: idx_recon_runs_job_id_started_at recon_runs_pkey recon_runs_running_key
index public.reports: idx_reports_handled_by idx_reports_open idx_reports_target_table_target_id idx_reports_user_id idx_reports_visible reports_pkey
index public.rubrics: rubrics_coach_key_title_version_key rubrics_pkey
index public.saved_filters: idx_saved_filters_default saved_filters_pkey saved_filters_user_id_name_key
index public.sessions: idx_sessions_coach_key idx_sessions_completed idx_sessions_drill_id_started_at idx_sessions_newest idx_sessions_open idx_sessions_user_id_started_at sessions_id_user_id_key sessions_pkey
index public.set_members: idx_set_members_added_by idx_set_members_item_id set_members_pkey set_members_set_id_position_key
index public.settings: settings_pkey
index public.shopify_collections_cache: idx_shopify_collections_cache_handle idx_shopify_collections_cache_source_seen_at shopify_collections_cache_pkey shopify_collections_cache_shopify_id_key
index public.shopify_product_collections: idx_shopify_product_collections_collection_id_position shopify_product_collections_pkey
index public.shopify_products_cache: idx_shopify_products_cache_handle idx_shopify_products_cache_source_seen_at shopify_products_cache_pkey shopify_products_cache_shopify_id_key
index public.shopify_sync_state: shopify_sync_state_pkey
index public.subscriptions: idx_subscriptions_plan_code idx_subscriptions_running idx_subscriptions_user_id_created_at subscriptions_pkey subscriptions_provider_external_ref_key
index public.ticket_events: idx_ticket_events_actor_id_created_at idx_ticket_events_assigned_to idx_ticket_events_ticket_id_created_at ticket_events_pkey
index public.ticket_messages: idx_ticket_messages_author_id_created_at idx_ticket_messages_ticket_id_user_id_created_at idx_ticket_messages_user_id_created_at idx_ticket_messages_visible ticket_messages_pkey
index public.tickets: idx_tickets_assigned_to_state idx_tickets_coach_key idx_tickets_reporter_email idx_tickets_sla idx_tickets_state_last_message_at idx_tickets_user_id idx_tickets_visible idx_tickets_waiting tickets_id_user_id_key tickets_pkey
index public.tier_limits: idx_tier_limits_key idx_tier_limits_limits_key tier_limits_pkey
index public.tier_plans: tier_plans_pkey tier_plans_rank_key
index public.user_limits: idx_user_limits_key user_limits_pkey
index public.user_weekly_recaps: user_weekly_recaps_pkey
policy public.adaptive_history adaptive_history_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.adaptive_item_calibration adaptive_item_calibration_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.adaptive_item_calibration adaptive_item_calibration_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.adaptive_item_calibration adaptive_item_calibration_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.adaptive_item_calibration adaptive_item_calibration_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.adaptive_user_skill adaptive_user_skill_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.admin_message_deliveries admin_message_deliveries_select_own select to authenticated using (((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user()))) AND ((sent_at IS NOT NULL) OR ( SELECT private.is_admin())))
policy public.admin_messages admin_messages_delete_admin delete to authenticated using ((state = 'draft'::text) AND ( SELECT private.is_admin()))
policy public.admin_messages admin_messages_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.admin_messages admin_messages_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.admin_messages admin_messages_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.affiliate_clicks affiliate_clicks_select_own select to authenticated using ((COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.affiliate_commissions affiliate_commissions_select_own select to authenticated using ((COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.affiliate_links affiliate_links_select_own select to authenticated using ((COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.affiliate_links affiliate_links_update_own update to authenticated using (affiliate_user_id = ( SELECT auth.uid())) check (affiliate_user_id = ( SELECT auth.uid()))
policy public.affiliate_payouts affiliate_payouts_select_own select to authenticated using ((COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.affiliate_programs affiliate_programs_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.affiliate_programs affiliate_programs_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.affiliate_programs affiliate_programs_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.affiliate_referrals affiliate_referrals_select_own select to authenticated using ((COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(affiliate_user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.affiliates affiliates_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.affiliates affiliates_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.assignment_attempts assignment_attempts_select_party select to authenticated using (((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user()))) OR (((coach_key >= ( SELECT min(k.k) FROM private.list_staffed_coach_keys() k(k))) AND (coach_key <= ( SELECT max(k.k) FROM private.list_staffed_coach_keys() k(k)))) AND (coach_key = ANY (ARRAY( SELECT private.list_staffed_coach_keys())))))
policy public.assignments assignments_select_party select to authenticated using (((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user()))) OR (((coach_key >= ( SELECT min(k.k) FROM private.list_staffed_coach_keys() k(k))) AND (coach_key <= ( SELECT max(k.k) FROM private.list_staffed_coach_keys() k(k)))) AND (coach_key = ANY (ARRAY( SELECT private.list_staffed_coach_keys())))))
policy public.assignments assignments_update_assigner update to authenticated using ((coach_key = ANY (ARRAY( SELECT private.list_staffed_coach_keys()))) OR ( SELECT private.is_admin())) check ((coach_key = ANY (ARRAY( SELECT private.list_staffed_coach_keys()))) OR ( SELECT private.is_admin()))
policy public.attempts attempts_insert_own insert to authenticated check ((user_id = ( SELECT auth.uid())) AND private.is_own_open_session(session_id))
policy public.attempts attempts_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.audit_logs audit_logs_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.billing_profiles billing_profiles_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.catalogs catalogs_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.catalogs catalogs_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.catalogs catalogs_select_learner select to authenticated using ((is_public AND (state = ANY (ARRAY['approved'::text, 'published'::text]))) OR ( SELECT private.is_admin()))
policy public.catalogs catalogs_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.coach_staff coach_staff_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.coach_staff coach_staff_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.coach_staff coach_staff_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.coach_switch_rules coach_switch_rules_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.coach_switch_rules coach_switch_rules_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.coach_switch_rules coach_switch_rules_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.coach_switches coach_switches_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.coaches coaches_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.coaches coaches_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.coaches coaches_select_learner select to authenticated using (is_active OR ( SELECT private.is_admin()))
policy public.coaches coaches_select_visitor select to anon using is_active
policy public.coaches coaches_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.daily_usage daily_usage_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.diagnostic_form_items diagnostic_form_items_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.diagnostic_form_items diagnostic_form_items_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.diagnostic_form_items diagnostic_form_items_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.diagnostic_form_items diagnostic_form_items_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.diagnostic_form_sections diagnostic_form_sections_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.diagnostic_form_sections diagnostic_form_sections_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.diagnostic_form_sections diagnostic_form_sections_select_learner select to authenticated using (form_id = ANY (ARRAY( SELECT private.list_shown_diagnostic_form_ids())))
policy public.diagnostic_form_sections diagnostic_form_sections_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.diagnostic_forms diagnostic_forms_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.diagnostic_forms diagnostic_forms_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.diagnostic_forms diagnostic_forms_select_learner select to authenticated using ((state = ANY (ARRAY['published'::text, 'retired'::text])) OR ( SELECT private.is_admin()))
policy public.diagnostic_forms diagnostic_forms_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.diagnostic_run_items diagnostic_run_items_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.diagnostic_runs diagnostic_runs_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.diagnostic_runs diagnostic_runs_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.drill_items drill_items_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.drill_items drill_items_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.drill_items drill_items_select_learner select to authenticated using ((EXISTS ( SELECT FROM public.set_members m WHERE (m.item_id = drill_items.id))) OR ((EXISTS ( SELECT FROM public.drills d WHERE (d.id = drill_items.drill_id))) AND (NOT ( SELECT private.is_in_a_set(drill_items.id)))) OR ( SELECT private.is_admin()))
policy public.drill_items drill_items_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.drill_sets drill_sets_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.drill_sets drill_sets_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.drill_sets drill_sets_select_learner select to authenticated using (((state = 'published'::text) AND ((NOT gating) OR (( SELECT private.get_my_tier()) = ANY (ARRAY['pro'::text, 'vip'::text])))) OR (id = ANY (ARRAY( SELECT private.list_open_assigned_set_ids()))) OR ( SELECT private.is_admin()))
policy public.drill_sets drill_sets_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.drills drills_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.drills drills_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.drills drills_select_learner select to authenticated using ((is_public AND (state = ANY (ARRAY['approved'::text, 'published'::text])) AND ((NOT gating) OR (( SELECT private.get_my_tier()) = ANY (ARRAY['pro'::text, 'vip'::text])))) OR ( SELECT private.is_admin()))
policy public.drills drills_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.editorial_flags editorial_flags_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.editorial_flags editorial_flags_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.editorial_flags editorial_flags_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.editorial_item_coach_targets editorial_item_coach_targets_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.editorial_item_coach_targets editorial_item_coach_targets_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.editorial_item_coach_targets editorial_item_coach_targets_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.editorial_items editorial_items_delete_admin delete to authenticated using ((state = 'draft'::text) AND ( SELECT private.is_admin()))
policy public.editorial_items editorial_items_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.editorial_items editorial_items_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.editorial_transitions editorial_transitions_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.editorial_versions editorial_versions_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.entitlement_history entitlement_history_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.entitlements entitlements_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.events events_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.exemplar_pack_items exemplar_pack_items_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.exemplar_packs exemplar_packs_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.expression_exemplars expression_exemplars_delete_admin delete to authenticated using (( SELECT private.is_admin()) AND (state = 'candidate_exemplar'::text))
policy public.expression_exemplars expression_exemplars_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.expression_exemplars expression_exemplars_select_learner select to authenticated using ((state = 'published_exemplar'::text) OR ( SELECT private.is_admin()))
policy public.expression_exemplars expression_exemplars_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.expression_favorites expression_favorites_delete_own delete to authenticated using (user_id = ( SELECT auth.uid()))
policy public.expression_favorites expression_favorites_insert_own insert to authenticated check ((user_id = ( SELECT auth.uid())) AND private.can_learn_item(item_id))
policy public.expression_favorites expression_favorites_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.expression_reviews expression_reviews_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.expression_reviews expression_reviews_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.feature_flags feature_flags_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.feature_flags feature_flags_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.feature_flags feature_flags_select_client select to authenticated using (is_public OR ( SELECT private.is_admin()))
policy public.feature_flags feature_flags_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.job_runs job_runs_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.ledger_accounts ledger_accounts_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.ledger_entries ledger_entries_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.ledger_postings ledger_postings_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.limit_usage limit_usage_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.limits limits_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.limits limits_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.limits limits_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.limits limits_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.limits_catalog limits_catalog_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.limits_catalog limits_catalog_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.limits_catalog limits_catalog_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.limits_catalog limits_catalog_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.payment_events payment_events_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.payments payments_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.paymongo_events paymongo_events_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paymongo_payment_intents paymongo_payment_intents_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paymongo_payments paymongo_payments_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paymongo_price_map paymongo_price_map_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.paymongo_price_map paymongo_price_map_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paymongo_price_map paymongo_price_map_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.paypal_captures paypal_captures_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paypal_disputes paypal_disputes_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paypal_events paypal_events_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paypal_orders paypal_orders_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paypal_price_map paypal_price_map_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.paypal_price_map paypal_price_map_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.paypal_price_map paypal_price_map_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.paypal_subscriptions paypal_subscriptions_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.practice_pack_items practice_pack_items_delete_own delete to authenticated using (user_id = ( SELECT auth.uid()))
policy public.practice_pack_items practice_pack_items_insert_own insert to authenticated check ((user_id = ( SELECT auth.uid())) AND (EXISTS ( SELECT FROM public.practice_packs p WHERE ((p.id = practice_pack_items.pack_id) AND (p.user_id = practice_pack_items.user_id)))))
policy public.practice_pack_items practice_pack_items_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.practice_pack_items practice_pack_items_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.practice_packs practice_packs_delete_own delete to authenticated using ((user_id = ( SELECT auth.uid())) AND (state <> 'published_exemplar'::text))
policy public.practice_packs practice_packs_insert_own insert to authenticated check (user_id = ( SELECT auth.uid()))
policy public.practice_packs practice_packs_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.practice_packs practice_packs_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.product_rec_events product_rec_events_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.product_rec_items product_rec_items_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.product_rec_items product_rec_items_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.product_rec_items product_rec_items_select_learner select to authenticated using ((is_active AND ((starts_at IS NULL) OR (starts_at <= now())) AND ((ends_at IS NULL) OR (ends_at > now())) AND (( SELECT private.get_my_tier()) = ANY (tiers))) OR ( SELECT private.is_admin()))
policy public.product_rec_items product_rec_items_select_visitor select to anon using (is_active AND ((starts_at IS NULL) OR (starts_at <= now())) AND ((ends_at IS NULL) OR (ends_at > now())) AND ('free'::text = ANY (tiers)) AND ('GLOBAL'::text = ANY (markets)) AND (coach_keys = '{}'::text[]))
policy public.product_rec_items product_rec_items_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.product_rec_rules product_rec_rules_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.product_rec_rules product_rec_rules_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.product_rec_rules product_rec_rules_select_learner select to authenticated using ((is_active AND ((starts_at IS NULL) OR (starts_at <= now())) AND ((ends_at IS NULL) OR (ends_at > now())) AND (( SELECT private.get_my_tier()) = ANY (tiers))) OR ( SELECT private.is_admin()))
policy public.product_rec_rules product_rec_rules_select_visitor select to anon using (is_active AND ((starts_at IS NULL) OR (starts_at <= now())) AND ((ends_at IS NULL) OR (ends_at > now())) AND ('free'::text = ANY (tiers)) AND ('GLOBAL'::text = ANY (markets)) AND (coach_keys = '{}'::text[]))
policy public.product_rec_rules product_rec_rules_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.product_rec_slots product_rec_slots_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.product_rec_slots product_rec_slots_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.product_rec_slots product_rec_slots_select_learner select to authenticated using ((is_active AND ((starts_at IS NULL) OR (starts_at <= now())) AND ((ends_at IS NULL) OR (ends_at > now()))) OR ( SELECT private.is_admin()))
policy public.product_rec_slots product_rec_slots_select_visitor select to anon using (is_active AND ((starts_at IS NULL) OR (starts_at <= now())) AND ((ends_at IS NULL) OR (ends_at > now())))
policy public.product_rec_slots product_rec_slots_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.profiles "read own profile" select to authenticated using ((id >= ( SELECT private.get_first_visible_user())) AND (id <= ( SELECT private.get_last_visible_user())))
policy public.profiles "update own profile" update to authenticated using (id = ( SELECT auth.uid())) check (id = ( SELECT auth.uid()))
policy public.realtime_tokens realtime_tokens_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.recon_findings recon_findings_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.recon_jobs recon_jobs_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.recon_runs recon_runs_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.reports reports_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.reports reports_update_admin update to authenticated using ( SELECT private.is_admin()) check (( SELECT private.is_admin()) AND ((handled_by IS NULL) OR (handled_by = ( SELECT auth.uid()))))
policy public.rubrics rubrics_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.rubrics rubrics_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.rubrics rubrics_select_learner select to authenticated using ((state = ANY (ARRAY['approved'::text, 'published'::text])) OR ( SELECT private.is_admin()))
policy public.rubrics rubrics_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.saved_filters saved_filters_delete_own delete to authenticated using (user_id = ( SELECT auth.uid()))
policy public.saved_filters saved_filters_insert_own insert to authenticated check (user_id = ( SELECT auth.uid()))
policy public.saved_filters saved_filters_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.saved_filters saved_filters_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.sessions sessions_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.sessions sessions_update_own update to authenticated using (user_id = ( SELECT auth.uid())) check (user_id = ( SELECT auth.uid()))
policy public.set_members set_members_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.set_members set_members_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.set_members set_members_select_learner select to authenticated using (EXISTS ( SELECT FROM public.drill_sets s WHERE (s.id = set_members.set_id)))
policy public.set_members set_members_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.settings settings_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.settings settings_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.settings settings_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.settings settings_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.shopify_collections_cache shopify_collections_cache_select_learner select to authenticated using ((is_published AND (NOT is_hidden)) OR ( SELECT private.is_admin()))
policy public.shopify_collections_cache shopify_collections_cache_select_visitor select to anon using (is_published AND (NOT is_hidden))
policy public.shopify_collections_cache shopify_collections_cache_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.shopify_product_collections shopify_product_collections_select_learner select to authenticated using ((EXISTS ( SELECT FROM public.shopify_products_cache p WHERE (p.id = shopify_product_collections.product_id))) AND (EXISTS ( SELECT FROM public.shopify_collections_cache c WHERE (c.id = shopify_product_collections.collection_id))))
policy public.shopify_product_collections shopify_product_collections_select_visitor select to anon using ((EXISTS ( SELECT FROM public.shopify_products_cache p WHERE (p.id = shopify_product_collections.product_id))) AND (EXISTS ( SELECT FROM public.shopify_collections_cache c WHERE (c.id = shopify_product_collections.collection_id))))
policy public.shopify_products_cache shopify_products_cache_select_learner select to authenticated using ((is_published AND (NOT is_hidden)) OR ( SELECT private.is_admin()))
policy public.shopify_products_cache shopify_products_cache_select_visitor select to anon using (is_published AND (NOT is_hidden))
policy public.shopify_products_cache shopify_products_cache_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.shopify_sync_state shopify_sync_state_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.subscriptions subscriptions_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.ticket_events ticket_events_select_admin select to authenticated using ( SELECT private.is_admin())
policy public.ticket_messages ticket_messages_select_own select to authenticated using (((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user()))) AND ((visibility = 'public'::text) OR ( SELECT private.is_admin())))
policy public.tickets tickets_select_own select to authenticated using ((COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) >= ( SELECT private.get_first_visible_user())) AND (COALESCE(user_id, '00000000-0000-0000-0000-000000000000'::uuid) <= ( SELECT private.get_last_visible_user())))
policy public.tickets tickets_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.tier_limits tier_limits_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.tier_limits tier_limits_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.tier_limits tier_limits_select_learner select to authenticated using (( SELECT private.get_account()) IS NOT NULL)
policy public.tier_limits tier_limits_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.tier_plans tier_plans_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.tier_plans tier_plans_select_learner select to authenticated using (is_active OR ( SELECT private.is_admin()))
policy public.tier_plans tier_plans_select_visitor select to anon using is_active
policy public.tier_plans tier_plans_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.user_limits user_limits_delete_admin delete to authenticated using ( SELECT private.is_admin())
policy public.user_limits user_limits_insert_admin insert to authenticated check ( SELECT private.is_admin())
policy public.user_limits user_limits_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy public.user_limits user_limits_update_admin update to authenticated using ( SELECT private.is_admin()) check ( SELECT private.is_admin())
policy public.user_weekly_recaps user_weekly_recaps_select_own select to authenticated using ((user_id >= ( SELECT private.get_first_visible_user())) AND (user_id <= ( SELECT private.get_last_visible_user())))
policy storage.objects objects_delete_polaris delete to authenticated using (((bucket_id = 'user-media'::text) AND ((storage.foldername(name))[1] = (( SELECT private.get_account()))::text) AND (name ~>=~ ((( SELECT private.get_account()))::text || '/'::text)) AND (name ~<~ ((( SELECT private.get_account()))::text || '0'::text))) OR (bucket_id = ( SELECT CASE WHEN private.is_admin() THEN 'public-assets'::text ELSE NULL::text END AS "case")))
policy storage.objects objects_insert_polaris insert to authenticated check (((bucket_id = 'user-media'::text) AND ((storage.foldername(name))[1] = (( SELECT private.get_account()))::text) AND (public.storage_folder(name) = (( SELECT private.get_account()))::text) AND ( SELECT private.has_upload_left())) OR (bucket_id = ( SELECT CASE WHEN private.is_admin() THEN 'public-assets'::text ELSE NULL::text END AS "case")))
policy storage.objects objects_select_polaris select to authenticated using (((bucket_id = 'user-media'::text) AND ((storage.foldername(name))[1] = (( SELECT private.get_account()))::text) AND (name ~>=~ ((( SELECT private.get_account()))::text || '/'::text)) AND (name ~<~ ((( SELECT private.get_account()))::text || '0'::text))) OR (bucket_id = ( SELECT CASE WHEN private.is_admin() THEN 'public-assets'::text ELSE NULL::text END AS "case")))
policy storage.objects objects_update_polaris update to authenticated using (((bucket_id = 'user-media'::text) AND ((storage.foldername(name))[1] = (( SELECT private.get_account()))::text) AND (name ~>=~ ((( SELECT private.get_account()))::text || '/'::text)) AND (name ~<~ ((( SELECT private.get_account()))::text || '0'::text))) OR (bucket_id = ( SELECT CASE WHEN private.is_admin() THEN 'public-assets'::text ELSE NULL::text END AS "case"))) check (((bucket_id = 'user-media'::text) AND ((storage.foldername(name))[1] = (( SELECT private.get_account()))::text) AND (public.storage_folder(name) = (( SELECT private.get_account()))::text) AND ( SELECT private.has_upload_left())) OR (bucket_id = ( SELECT CASE WHEN private.is_admin() THEN 'public-assets'::text ELSE NULL::text END AS "case")))
table private.former_accounts
table private.hourly_usage
table private.leases
table private.made_buckets
table private.weekly_recap_runs
table public.adaptive_history
table public.adaptive_item_calibration
table public.adaptive_user_skill
table public.admin_message_deliveries
table public.admin_messages
table public.affiliate_clicks
table public.affiliate_commissions
table public.affiliate_links
table public.affiliate_payouts
table public.affiliate_programs
table public.affiliate_referrals
table public.affiliates
table public.assignment_attempts
table public.assignments
table public.attempts
table public.audit_logs
table public.billing_profiles
table public.catalogs
table public.coach_staff
table public.coach_switch_rules
table public.coach_switches
table public.coaches
table public.daily_usage
table public.diagnostic_form_items
table public.diagnostic_form_sections
table public.diagnostic_forms
table public.diagnostic_run_items
table public.diagnostic_runs
table public.drill_items
table public.drill_sets
table public.drills
table public.editorial_flags
table public.editorial_item_coach_targets
table public.editorial_items
table public.editorial_transitions
table public.editorial_versions
table public.entitlement_history
table public.entitlements
table public.events
table public.exemplar_pack_items
table public.exemplar_packs
table public.expression_exemplars
table public.expression_favorites
table public.expression_reviews
table public.feature_flags
table public.job_runs
table public.ledger_accounts
table public.ledger_entries
table public.ledger_postings
table public.limit_usage
table public.limits
table public.limits_catalog
table public.payment_events
table public.payments
table public.paymongo_events
table public.paymongo_payment_intents
table public.paymongo_payments
table public.paymongo_price_map
table public.paypal_captures
table public.paypal_disputes
table public.paypal_events
table public.paypal_orders
table public.paypal_price_map
table public.paypal_subscriptions
table public.practice_pack_items
table public.practice_packs
table public.product_rec_events
table public.product_rec_items
table public.product_rec_rules
table public.product_rec_slots
table public.profiles
table public.realtime_tokens
table public.recon_findings
table public.recon_jobs
table public.recon_runs
table public.reports
table public.rubrics
table public.saved_filters
table public.sessions
table public.set_members
table public.settings
table public.shopify_collections_cache
table public.shopify_product_collections
table public.shopify_products_cache
table public.shopify_sync_state
table public.subscriptions
table public.ticket_events
table public.ticket_messages
table public.tickets
table public.tier_limits
table public.tier_plans
table public.user_limits
table public.user_weekly_recaps
trigger auth.users: polaris_user_created polaris_user_email_changed
trigger public.adaptive_history: adaptive_history_guard
trigger public.adaptive_item_calibration: adaptive_item_calibration_updated_at
trigger public.adaptive_user_skill: adaptive_user_skill_updated_at
trigger public.admin_message_deliveries: admin_message_deliveries_guard
trigger public.admin_messages: admin_messages_audit admin_messages_guard admin_messages_updated_at
trigger public.affiliate_clicks: affiliate_clicks_append_only affiliate_clicks_no_truncate
trigger public.affiliate_commissions: affiliate_commissions_append_only affiliate_commissions_no_truncate
trigger public.affiliate_links: affiliate_links_updated_at
trigger public.affiliate_payouts: affiliate_payouts_audit affiliate_payouts_guard affiliate_payouts_release affiliate_payouts_updated_at
trigger public.affiliate_programs: affiliate_programs_audit affiliate_programs_guard affiliate_programs_updated_at
trigger public.affiliate_referrals: affiliate_referrals_audit affiliate_referrals_guard
trigger public.affiliates: affiliates_audit affiliates_guard affiliates_updated_at
trigger public.assignment_attempts: assignment_attempts_budget assignment_attempts_count assignment_attempts_guard assignment_attempts_updated_at
trigger public.assignments: assignments_budget assignments_guard assignments_updated_at
trigger public.attempts: attempts_budget attempts_guard
trigger public.audit_logs: audit_logs_append_only audit_logs_no_truncate
trigger public.billing_profiles: billing_profiles_updated_at
trigger public.catalogs: catalogs_updated_at
trigger public.coach_staff: coach_staff_audit
trigger public.coach_switch_rules: coach_switch_rules_audit coach_switch_rules_updated_at
trigger public.coach_switches: coach_switches_append_only coach_switches_audit coach_switches_no_truncate
trigger public.coaches: coaches_audit coaches_updated_at
trigger public.diagnostic_form_items: diagnostic_form_items_guard
trigger public.diagnostic_form_sections: diagnostic_form_sections_guard
trigger public.diagnostic_forms: diagnostic_forms_guard diagnostic_forms_updated_at
trigger public.diagnostic_run_items: diagnostic_run_items_guard diagnostic_run_items_updated_at
trigger public.diagnostic_runs: diagnostic_runs_budget diagnostic_runs_guard diagnostic_runs_updated_at
trigger public.drill_items: drill_items_guard drill_items_updated_at
trigger public.drill_sets: drill_sets_guard drill_sets_updated_at
trigger public.drills: drills_updated_at
trigger public.editorial_flags: editorial_flags_guard
trigger public.editorial_item_coach_targets: editorial_item_coach_targets_guard
trigger public.editorial_items: editorial_items_record editorial_items_updated_at editorial_items_workflow
trigger public.editorial_transitions: editorial_transitions_append_only editorial_transitions_no_truncate
trigger public.editorial_versions: editorial_versions_append_only editorial_versions_no_truncate
trigger public.entitlement_history: entitlement_history_append_only entitlement_history_no_truncate
trigger public.entitlements: entitlements_changed entitlements_granted entitlements_guard entitlements_updated_at
trigger public.events: events_append_only events_no_truncate
trigger public.expression_exemplars: expression_exemplars_audit expression_exemplars_guard expression_exemplars_updated_at
trigger public.expression_favorites: expression_favorites_budget
trigger public.expression_reviews: expression_reviews_updated_at
trigger public.feature_flags: feature_flags_audit feature_flags_updated_at
trigger public.ledger_entries: ledger_entries_append_only ledger_entries_balance
trigger public.ledger_postings: ledger_postings_append_only ledger_postings_balance
trigger public.limit_usage: limit_usage_updated_at
trigger public.limits: limits_audit limits_updated_at
trigger public.limits_catalog: limits_catalog_updated_at
trigger public.payment_events: payment_events_append_only payment_events_audit payment_events_no_truncate
trigger public.payments: payments_audit payments_earn payments_forgotten payments_forgotten_paymongo payments_forgotten_paypal payments_updated_at
trigger public.paymongo_events: paymongo_events_append_only paymongo_events_no_truncate
trigger public.paymongo_payment_intents: paymongo_payment_intents_forgotten paymongo_payment_intents_forgotten_paymongo paymongo_payment_intents_updated_at
trigger public.paymongo_payments: paymongo_payments_forgotten_paymongo paymongo_payments_updated_at
trigger public.paymongo_price_map: paymongo_price_map_audit paymongo_price_map_updated_at
trigger public.paypal_captures: paypal_captures_forgotten_paypal paypal_captures_updated_at
trigger public.paypal_disputes: paypal_disputes_updated_at
trigger public.paypal_events: paypal_events_append_only paypal_events_no_truncate
trigger public.paypal_orders: paypal_orders_forgotten paypal_orders_forgotten_paypal paypal_orders_updated_at
trigger public.paypal_price_map: paypal_price_map_audit paypal_price_map_retired paypal_price_map_updated_at
trigger public.paypal_subscriptions: paypal_subscriptions_forgotten_paypal paypal_subscriptions_updated_at
trigger public.practice_pack_items: practice_pack_items_budget practice_pack_items_guard practice_pack_items_hide practice_pack_items_updated_at
trigger public.practice_packs: practice_packs_audit practice_packs_budget practice_packs_guard practice_packs_publish practice_packs_updated_at
trigger public.product_rec_events: product_rec_events_budget product_rec_events_guard
trigger public.product_rec_items: product_rec_items_author product_rec_items_updated_at
trigger public.product_rec_rules: product_rec_rules_author product_rec_rules_updated_at
trigger public.product_rec_slots: product_rec_slots_updated_at
trigger public.profiles: profiles_audit profiles_erase_message_audience profiles_erase_tickets profiles_former profiles_guard profiles_stop_marketing profiles_updated_at
trigger public.recon_findings: recon_findings_audit
trigger public.recon_jobs: recon_jobs_updated_at
trigger public.reports: reports_budget reports_guard reports_updated_at
trigger public.rubrics: rubrics_updated_at
trigger public.saved_filters: saved_filters_bound saved_filters_budget saved_filters_updated_at
trigger public.sessions: sessions_budget sessions_count_minutes sessions_guard sessions_revoke_tokens
trigger public.set_members: set_members_guard
trigger public.settings: settings_audit settings_updated_at
trigger public.shopify_collections_cache: shopify_collections_cache_updated_at
trigger public.shopify_products_cache: shopify_products_cache_updated_at
trigger public.shopify_sync_state: shopify_sync_state_updated_at
trigger public.subscriptions: subscriptions_forgotten subscriptions_updated_at
trigger public.ticket_events: ticket_events_append_only ticket_events_no_truncate
trigger public.ticket_messages: ticket_messages_budget ticket_messages_guard ticket_messages_react ticket_messages_updated_at
trigger public.tickets: tickets_budget tickets_guard tickets_history tickets_updated_at
trigger public.tier_limits: tier_limits_audit tier_limits_updated_at
trigger public.tier_plans: tier_plans_audit tier_plans_updated_at
trigger public.user_limits: user_limits_audit user_limits_updated_at
trigger public.user_weekly_recaps: user_weekly_recaps_updated_at
view private.mv_drill_stats
view private.mv_drill_stats_daily
view private.v_due_commissions
view public.v_activity_30d_mnl
view public.v_admin_messages_outbox
view public.v_admin_messages_stats
view public.v_affiliate_balances
view public.v_affiliate_clicks_daily
view public.v_affiliate_commissions
view public.v_affiliate_commissions_admin
view public.v_affiliate_referrals_admin
view public.v_assignment_attempts_daily
view public.v_assignment_latest
view public.v_catalog_flat
view public.v_coach_switch_status
view public.v_drill_facets_coach
view public.v_drill_facets_date_daily
view public.v_drill_facets_date_monthly
view public.v_drill_facets_date_weekly
view public.v_drill_facets_difficulty
view public.v_drill_facets_overview
view public.v_drill_facets_type
view public.v_drill_stats
view public.v_drill_stats_daily
view public.v_editorial_review_queue
view public.v_exemplars_catalog
view public.v_expression_reports
view public.v_expressions_library
view public.v_my_admin_messages
view public.v_paymongo_events_flat
view public.v_paypal_events_flat
view public.v_product_recs_for_user
view public.v_product_recs_public
view public.v_realtime_token_valid
view public.v_recon_open
view public.v_revenue_daily
view public.v_review_due
view public.v_shopify_collections_public
view public.v_shopify_products_public
view public.v_subscriptions_active
view public.v_tickets_inbox
view public.v_up_next_simple
view public.v_user_current_plan
view public.v_user_daily_sessions_mnl
view public.v_user_limits
view public.v_user_progress
view public.v_user_rubric_trends_weekly
view public.v_user_weekly_attempts
view public.v_user_weekly_by_coach
view public.v_user_weekly_card_mnl
view public.v_user_weekly_minutes
view public.v_user_weekly_recap
view public.v_user_weekly_topics
$list$, true);
end
$expected$;

do $verify$
declare
    item record;
    offending bigint;
    verdict text;
    report text[] := '{}';
    differences text[] := '{}';
    passed integer := current_setting('verify.passed')::integer;
    failed integer := current_setting('verify.failed')::integer;
begin
    for item in
        select c.kind, c.name, c.query
        from (values
            ('INFO', 'changesets of polaris in the log', $$
                select count(*) from extensions.databasechangelog as l where l.author = 'polaris'
            $$),
            ('INFO', 'users', $$
                select count(*) from public.profiles
            $$),
            ('INFO', 'admins', $$
                select count(*) from public.profiles as p where p.role = 'admin'
            $$),
            ('missing', 'tables exist, with row level security', 'table'),
            ('missing', 'views exist, with the rights of the caller', 'view'),
            ('missing', 'constraints exist and are validated', 'constraint'),
            ('missing', 'indexes exist and are valid', 'index'),
            ('missing', 'triggers exist and are enabled', 'trigger'),
            ('missing', 'functions exist, with their grants', 'function'),
            ('missing', 'policies exist as the changelog defines them', 'policy'),
            ('extra', 'no other policy exists', 'policy'),
            ('missing', 'grants exist', 'grant'),
            ('extra', 'no other grant exists', 'grant'),
            ('FAIL', 'every table in public and private has row level security', $$
                select count(*)
                from pg_catalog.pg_class as c
                where c.relnamespace in ('public'::regnamespace, to_regnamespace('private'))
                    and c.relkind in ('r', 'p')
                    and not c.relrowsecurity
                    and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            $$),
            ('FAIL', 'no policy allows everyone', $$
                select count(*)
                from pg_catalog.pg_policy as p
                join pg_catalog.pg_class as c on c.oid = p.polrelid
                where c.relnamespace in ('public'::regnamespace, to_regnamespace('private'))
                    and p.polpermissive
                    and (0 = any (p.polroles) or 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)))
                    and not p.polroles = array['service_role'::regrole::oid]
            $$),
            ('FAIL', 'security definers are in private; every search path is empty', $$
                select count(*)
                from pg_catalog.pg_proc as f
                where f.pronamespace in ('public'::regnamespace, to_regnamespace('private'))
                    and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e')
                    and (f.prosecdef and f.pronamespace = 'public'::regnamespace
                        or f.prokind <> 'a' and not coalesce(f.proconfig, '{}') @> array['search_path=""'])
            $$),
            ('FAIL', 'the API cannot reach schema private', $$
                select count(*)
                from unnest(array['anon', 'authenticated']) as caller (role)
                where to_regnamespace('private') is null or has_schema_privilege(caller.role, 'private', 'usage')
            $$),
            ('FAIL', 'foreign keys are enforced', $$
                select count(*)
                from pg_catalog.pg_trigger as t
                join pg_catalog.pg_constraint as k on k.oid = t.tgconstraint
                where k.connamespace in ('public'::regnamespace, to_regnamespace('private'), to_regnamespace('archive'))
                    and t.tgenabled not in ('O', 'A')
            $$),
            ('FAIL', 'API roles cannot access Liquibase''s log', $$
                select count(*) + (to_regclass('extensions.databasechangelog') is null)::integer
                from pg_catalog.pg_class as c,
                    aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as a
                where c.relname in ('databasechangelog', 'databasechangeloglock')
                    and c.relkind = 'r'
                    and case
                        when a.grantee = 0 then true
                        else pg_has_role('anon', a.grantee, 'usage') or pg_has_role('authenticated', a.grantee, 'usage')
                    end
            $$),
            ('FAIL', 'user-media is private, public-assets is public', $$
                select count(*)
                from (values ('user-media', false), ('public-assets', true)) as expected (id, public)
                where not exists (select from storage.buckets as b where b.id = expected.id and b.public = expected.public)
            $$),
            ('FAIL', 'every account has a profile with the same email address', $$
                select count(*)
                from auth.users as u
                left join public.profiles as p on p.id = u.id
                where p.id is null or p.email is distinct from u.email
            $$),
            ('FAIL', 'attempts belong to the user of their session', $$
                select count(*)
                from public.attempts as a
                left join public.sessions as s on s.id = a.session_id
                where s.user_id is distinct from a.user_id
            $$),
            ('FAIL', 'ticket messages name the user of their ticket', $$
                select count(*)
                from public.ticket_messages as m
                left join public.tickets as t on t.id = m.ticket_id
                where t.id is null or m.user_id is distinct from t.user_id
            $$),
            ('FAIL', 'assignments have the right number of attempts', $$
                select count(*)
                from public.assignments as a
                where a.attempts_count <> (select count(*) from public.assignment_attempts as t where t.assignment_id = a.id)
            $$),
            ('FAIL', 'published content was approved', $$
                select count(*)
                from public.editorial_items as i
                where i.state in ('published', 'deprecated')
                    and not exists (select from public.editorial_transitions as t where t.editorial_item_id = i.id and t.to_state = 'approved')
            $$),
            ('FAIL', 'every version of editorial content is stored', $$
                select count(*)
                from public.editorial_items as i
                where i.version <> (select count(*) from public.editorial_versions as v where v.editorial_item_id = i.id)
            $$),
            ('FAIL', 'no diagnostic question is visible before its turn', $$
                select count(*)
                from public.diagnostic_run_items as i
                where i.status = 'pending' and (i.payload is not null or i.drill_id is not null)
            $$),
            ('FAIL', 'semantic search is installed completely or not at all', $$
                select count(*)
                from unnest(array['search_catalog_embeddings', 'search_user_embeddings', 'embedding_queue']) as expected (name)
                where (to_regclass('public.' || expected.name) is not null) <> exists (
                    select
                    from pg_catalog.pg_attribute as a
                    where a.attrelid = to_regclass('public.drills') and a.attname = 'embedding' and not a.attisdropped
                )
            $$),
            ('FAIL', 'every ledger entry balances', $$
                select count(*)
                from (
                    select e.id
                    from public.ledger_entries as e
                    left join public.ledger_postings as p on p.entry_id = e.id
                    group by e.id
                    having count(p.entry_id) < 2 or sum(p.amount_minor) <> 0
                ) as e
            $$),
            ('FAIL', 'totals of payments match their ledger entries', $$
                select count(*)
                from (
                    select p.id
                    from public.payments as p
                    left join public.ledger_entries as e on e.payment_id = p.id
                    group by p.id
                    having p.captured_minor <> coalesce(sum(e.amount_minor) filter (where e.kind = 'captured'), 0)
                        or p.refunded_minor <> coalesce(sum(e.amount_minor) filter (where e.kind = 'refunded'), 0)
                        or p.lost_minor <> coalesce(sum(e.amount_minor) filter (where e.kind = 'dispute_lost'), 0)
                ) as p
            $$),
            ('FAIL', 'entitlements match the payments', $$
                select count(*)
                from (
                    select e.source as provider, e.source_ref as payment_ref
                    from public.entitlements as e
                    where e.source in ('paypal', 'paymongo')
                        and e.revoked_at is null
                ) as e
                full join (
                    select p.provider, p.payment_ref
                    from public.payments as p
                    where p.user_id is not null
                        and p.plan_code is not null
                        and p.captured_at is not null
                        and p.captured_minor - p.refunded_minor - p.disputed_minor - p.lost_minor > 0
                ) as p using (provider, payment_ref)
                where e.provider is null or p.provider is null
            $$),
            ('FAIL', 'profiles have the coach of the last switch', $$
                select count(*)
                from (
                    select distinct on (s.user_id) s.user_id, s.to_coach
                    from public.coach_switches as s
                    order by s.user_id, s.switched_at desc
                ) as s
                join public.profiles as p on p.id = s.user_id
                where p.active_coach_key is distinct from s.to_coach
            $$),
            ('FAIL', 'every plan has a coach switch rule', $$
                select count(*)
                from public.tier_plans as t
                where not exists (select from public.coach_switch_rules as r where r.tier = t.code)
            $$),
            ('FAIL', 'no object of Adyen is in use', $$
                select count(*)
                from pg_catalog.pg_class as c
                where c.relname ~ '^(v_)?adyen_'
                    and c.relkind in ('r', 'v')
                    and case c.relnamespace
                        when to_regnamespace('public') then true
                        -- 0029 moves the objects there; API roles must have no access.
                        when to_regnamespace('archive') then exists (
                            select
                            from unnest(array['anon', 'authenticated', 'service_role']) as caller (role)
                            where has_schema_privilege(caller.role, 'archive', 'usage')
                                or has_any_column_privilege(caller.role, c.oid, 'select, insert, update')
                                or has_table_privilege(caller.role, c.oid, 'delete, truncate')
                        )
                        else false
                    end
            $$),
            ('FAIL', 'commissions are the right share of net payments', $$
                select count(*)
                from (
                    select c.payment_ref
                    from public.affiliate_commissions as c
                    left join public.payments as p on p.provider = c.provider and p.payment_ref = c.payment_ref
                    group by c.provider, c.payment_ref, p.id
                    having sum(c.amount_minor) is distinct from
                        div(greatest(p.captured_minor - p.refunded_minor - p.lost_minor, 0)::numeric * min(c.rate_bps), 10000)
                ) as c
            $$),
            ('FAIL', 'payouts match the sum of their commissions', $$
                select count(*)
                from (
                    select p.id
                    from public.affiliate_payouts as p
                    left join public.affiliate_commissions as c on c.payout_id = p.id
                    group by p.id
                    having coalesce(sum(c.amount_minor), 0) <> case when p.status in ('failed', 'canceled') then 0 else p.amount_minor end
                ) as p
            $$),
            ('FAIL', 'provider events have the payment events that they name', $$
                select count(*)
                from (
                    select 'paymongo' as provider, m.event_id, m.reports
                    from public.paymongo_events as m
                    union all
                    select 'paypal', p.event_id, p.reports
                    from public.paypal_events as p
                ) as e
                cross join lateral unnest(e.reports) as told (event_id)
                where not exists (select from public.payment_events as r where r.provider = e.provider and r.event_id = told.event_id)
            $$),
            ('FAIL', 'payments of providers are booked, or failed with a reason', $$
                select count(*)
                from (
                    select 'paymongo' as provider, m.id, m.amount_minor, m.currency_code
                    from public.paymongo_payments as m
                    where m.status = 'paid'
                    union all
                    select 'paypal', c.id, c.amount_minor, c.currency_code
                    from public.paypal_captures as c
                    where c.status = 'completed'
                ) as told
                where not exists (
                        select
                        from public.payments as p
                        where p.provider = told.provider
                            and p.payment_ref = told.id
                            and (p.captured_minor, p.currency_code) = (told.amount_minor, told.currency_code)
                    )
                    and not exists (
                        select
                        from public.payment_events as r
                        where r.provider = told.provider
                            and r.payment_ref = told.id
                            and r.event_type = 'payment_captured'
                            and (r.status = 'failed' or r.outcome like 'dismissed: %')
                    )
            $$),
            ('FAIL', 'users keep only their own or published expressions', $$
                select count(*)
                from (
                    select f.user_id, f.item_id
                    from public.expression_favorites as f
                    union
                    select r.user_id, r.item_id
                    from public.expression_reviews as r
                ) as k
                join public.practice_pack_items as i on i.id = k.item_id
                join public.practice_packs as p on p.id = i.pack_id
                where i.user_id <> k.user_id
                    and p.published_at is null
            $$),
            ('FAIL', 'statistics cover at least five learners', $$
                select (private.get_smallest_crowd() < 5)::integer
            $$)
        ) as c (kind, name, query)
    loop
        begin
            if item.kind in ('missing', 'extra') then
                -- Split the lines that hold several objects of a table.
                with lists as (
                    select l.source, l.line, l.line ~ '^(constraint|index|trigger) ' as several
                    from (
                        select 'expected', e.line from unnest(string_to_array(current_setting('verify.expected'), e'\n')) as e (line)
                        union all
                        select 'actual', a.line from unnest(string_to_array(current_setting('verify.actual'), e'\n')) as a (line)
                    ) as l (source, line)
                    where l.line like item.query || ' %'
                ),
                things as (
                    select l.source, t.thing,
                        -- pg_dump and a restore change the parentheses of policies.
                        case when t.thing like 'policy %' then translate(t.thing, '() ', '') else t.thing end as compared
                    from lists as l,
                        unnest(case when l.several then string_to_array(split_part(l.line, ': ', 2), ' ') else array[''] end) as n (name),
                        lateral (select case when l.several then split_part(l.line, ': ', 1) || ' ' || n.name else l.line end) as t (thing)
                ),
                differing as (
                    select t.thing
                    from things as t
                    where t.source = case item.kind when 'missing' then 'expected' else 'actual' end
                        and not exists (select from things as o where o.source <> t.source and o.compared = t.compared)
                        -- Objects whose migration is pending where the list was written, for lack of an extension, do not count as extra.
                        and (item.kind = 'missing' or exists (
                            select
                            from things as o
                            where o.source = 'expected' and split_part(o.thing, ' ', 2) = split_part(t.thing, ' ', 2)
                        ) or t.thing ~ '^grant \S+ (anon|public) ')
                )
                select count(*), differences || coalesce(array_agg(item.kind || ': ' || d.thing order by d.thing), '{}')
                into offending, differences
                from differing as d;
                offending := offending + case when item.kind = 'missing' and current_setting('verify.actual') !~ ('(^|\n)' || item.query || ' ') then 1 else 0 end;
            else
                execute item.query into offending;
            end if;
            verdict := offending::text;
        exception
            when others then
                offending := null;
                verdict := sqlerrm;
        end;
        if item.kind = 'INFO' then
            report := report || format('INFO  %s  %s', rpad(item.name, 72), verdict);
        elsif offending = 0 then
            passed := passed + 1;
            report := report || format('PASS  %s  %s', rpad(item.name, 72), verdict);
        else
            failed := failed + 1;
            report := report || format('FAIL  %s  %s', rpad(item.name, 72), verdict);
        end if;
    end loop;

    report := report || array(select '      ' || left(d.line, 300) from unnest(differences) as d (line) limit 20);
    if cardinality(differences) > 20 then
        report := report || format('      and %s more', cardinality(differences) - 20);
    end if;
    report := report || string_to_array(current_setting('verify.report'), e'\n');
    report := report || format('%s passed, %s failed', passed, failed);
    perform set_config('verify.report', array_to_string(report, e'\n'), true);
    perform set_config('verify.failed', failed::text, true);
end
$verify$;

select current_setting('verify.report');

do $$
begin
    if current_setting('verify.failed') <> '0' then
        raise exception 'verify: % failed', current_setting('verify.failed');
    end if;
end
$$;

rollback;
