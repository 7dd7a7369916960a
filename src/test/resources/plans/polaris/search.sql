-- Searches by embedding, and queries of the job that computes embeddings. They need pgvector.
-- The comment before each query names the callers and the indexes of its plan.

-- alice, without sort: Index Scan using idx_drills_embedding
select d.id from public.drills as d where d.is_public and d.state in ('approved', 'published')
order by d.embedding operator(extensions.<=>) '{public.drills.embedding}'::extensions.vector limit 20;

-- alice: Index Scan using idx_search_catalog_embeddings_embedding
select e.id from public.search_catalog_embeddings as e order by e.embedding operator(extensions.<=>) '{public.drills.embedding}'::extensions.vector limit 20;

-- alice: search_user_embeddings_user_id_source_type_source_id_key
select e.content from public.search_user_embeddings as e where e.user_id = auth.uid()
order by e.embedding operator(extensions.<=>) '{public.drills.embedding}'::extensions.vector limit 20;

-- operator: idx_drills_without_embedding
select d.id from public.drills as d where d.embedding is null and d.state in ('approved', 'published') limit 10;

-- operator: idx_embedding_queue_waiting
select q.id from public.embedding_queue as q where q.attempts < 5 and q.run_after <= now() order by q.run_after limit 10 for update skip locked;
