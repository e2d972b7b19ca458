// The configuration of RFC-089 with several providers (testing/config-rfc089-migration.hcl), as its specification describes it.

base_url = "http://localhost:8001"

providers {
  workspace = "multi"
  search    = "meilisearch"
}

storage_providers {
  // Primary provider - Local Workspace
  provider "local-primary" {
    type        = "local"
    is_primary  = true
    is_writable = true
    status      = "active"

    config {
      base_path    = "/app/workspace_data"
      docs_path    = "/app/workspace_data/docs"
      drafts_path  = "/app/workspace_data/drafts"
      folders_path = "/app/workspace_data/folders"
      users_path   = "/app/workspace_data/users.json"
      tokens_path  = "/app/workspace_data/tokens.json"
      domain       = "hermes.local"

      smtp {
        host     = "mailhog"
        port     = 1025
        username = "hermes"
        password = "canary-smtp-3c80"
      }
    }

    capabilities {
      versioning  = true
      permissions = true
      search      = false # Use Meilisearch
    }
  }

  // Secondary provider - S3 Archive
  provider "s3-archive" {
    type        = "s3"
    is_primary  = false
    is_writable = true
    status      = "active"

    config {
      endpoint              = "http://minio:9000"
      region                = "us-east-1"
      bucket                = "hermes-documents"
      prefix                = "production"
      access_key            = "canary-access-1f02"
      secret_key            = "canary-secret-77be"
      versioning_enabled    = true
      metadata_store        = "manifest"
      path_template         = "{project}/{uuid}.md"
      upload_concurrency    = 5
      download_concurrency  = 10
      multipart_threshold_mb = "100"
      use_ssl               = false
      default_mime_type     = "text/markdown"
    }

    capabilities {
      versioning  = true
      permissions = false  // Delegate to API
      search      = false  // Use Meilisearch
      people      = false  // Delegate to central
      teams       = false  // Delegate to central
    }
  }

  /* Tertiary provider - S3 Cold Storage */
  provider "s3-cold-storage" {
    type        = "s3"
    is_primary  = false
    is_writable = false  // Read-only archive
    status      = "active"

    config {
      endpoint      = "http://minio:9000"
      region        = env("COLD_REGION")
      bucket        = "hermes-archive"
      prefix        = "archive"
      access_key    = env("COLD_ACCESS_KEY")
      secret_key    = env("COLD_SECRET_KEY")
      path_template = "{year}/{project}/{uuid}.md"
    }
  }
}

migration {
  enabled         = true
  poll_interval   = "5s"
  max_concurrency = 5
  write_strategy  = "primary_only"
  read_strategy   = "primary_only"

  defaults {
    concurrency         = 5
    batch_size          = 100
    validate_after      = true
    rollback_enabled    = true
    max_retries         = 3
    retry_delay_seconds = 30
  }

  task_queue {
    brokers        = "redpanda:9092"
    topic          = "hermes.migration-tasks"
    consumer_group = "hermes-migration-workers"
    batch_size     = 10
    poll_interval  = "5s"
  }

  auto_migration {
    enabled = true

    // Archive old documents
    rule "archive_old_documents" {
      enabled     = true
      source      = "local-primary"
      destination = "s3-archive"
      schedule    = "0 2 * * *"  // Daily at 2 AM

      filter {
        status       = "WIP,In-Review,Approved,Obsolete"
        min_age_days = 365
      }

      options {
        strategy    = "copy"
        validate    = true
        batch_size  = 100
        concurrency = 5
      }
    }

    rule "cold_storage" {
      enabled     = false
      source      = "s3-archive"
      destination = "s3-cold-storage"
      schedule    = "0 3 * * 0"

      filter {
        status           = "Obsolete"
        min_age_days     = 730
        exclude_projects = ["legal hold", "board"]
      }

      options {
        strategy    = "move"
        batch_size  = 50
        concurrency = 3
        notify      = "ops"
      }
    }
  }
}

feature_flags {
  flag "multi_provider_storage" {
    enabled = true
  }
}
