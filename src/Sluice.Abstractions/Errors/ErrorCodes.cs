namespace Sluice;

/// <summary>The stable codes of errors that users and models can cause. A code is never reused for another meaning.</summary>
public static class ErrorCodes
{
    /// <summary>The spec has problems; the exception lists them all.</summary>
    public const string InvalidSpec = "invalid_spec";

    /// <summary>The options do not fit the spec; the exception lists all problems.</summary>
    public const string InvalidOptions = "invalid_options";

    /// <summary>A table of models has problems; the exception lists them all.</summary>
    public const string InvalidModelTable = "invalid_model_table";

    /// <summary><c>QueryAsync</c> on a spec with several agents and no coordinator.</summary>
    public const string NoCoordinator = "no_coordinator";

    /// <summary>An agent name that the spec does not have.</summary>
    public const string UnknownAgent = "unknown_agent";

    /// <summary>Sub-agents were nested deeper than <c>Limits.MaxDepth</c>.</summary>
    public const string MaxDepth = "max_depth";

    /// <summary>A tool name that the agent does not have.</summary>
    public const string UnknownTool = "unknown_tool";

    /// <summary>Tool arguments that are no JSON object or do not satisfy the tool's schema.</summary>
    public const string InvalidArguments = "invalid_arguments";

    /// <summary>More than <c>Limits.MaxInvalidToolCalls</c> invalid tool calls in a row.</summary>
    public const string TooManyInvalidToolCalls = "too_many_invalid_tool_calls";

    /// <summary>A tool's handler threw.</summary>
    public const string ToolFailed = "tool_failed";

    /// <summary>A tool ran past its timeout.</summary>
    public const string ToolTimeout = "tool_timeout";

    /// <summary>A tool's result could not be turned into JSON.</summary>
    public const string InvalidResult = "invalid_result";

    /// <summary>An MCP server can't be started, reached or understood, or went away during a call, whose effect may have happened then.</summary>
    public const string McpServerUnavailable = "mcp_server_unavailable";

    /// <summary>An MCP server describes the tool in another way than when it was connected.</summary>
    public const string ToolChanged = "tool_changed";

    /// <summary>An MCP server no longer has the tool.</summary>
    public const string ToolUnavailable = "tool_unavailable";

    /// <summary>The tool call was cancelled with its run.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>A call was started and its outcome is not known.</summary>
    public const string InDoubt = "in_doubt";

    /// <summary>A person said of a call or action whose outcome was not known that it failed.</summary>
    public const string MarkedFailed = "marked_failed";

    /// <summary>The prompt of a scripted run is no script.</summary>
    public const string InvalidScript = "invalid_script";

    /// <summary>Another run holds the thread and the options say to refuse.</summary>
    public const string ThreadBusy = "thread_busy";

    /// <summary>A run id that the tenant does not have.</summary>
    public const string RunNotFound = "run_not_found";

    /// <summary>The run has ended and cannot go on.</summary>
    public const string RunEnded = "run_ended";

    /// <summary>The run is being driven already.</summary>
    public const string RunActive = "run_active";

    /// <summary>The runtime is shutting down.</summary>
    public const string ShuttingDown = "shutting_down";

    /// <summary>A call needs an approval, and nobody can be asked where it was made.</summary>
    public const string ApprovalRequired = "approval_required";

    /// <summary>An approval id that the tenant does not have.</summary>
    public const string ApprovalNotFound = "approval_not_found";

    /// <summary>The request has been decided.</summary>
    public const string ApprovalAlreadyDecided = "approval_already_decided";

    /// <summary>The request expired before the decision.</summary>
    public const string ApprovalExpired = "approval_expired";

    /// <summary>What was asked for changed after the request was made.</summary>
    public const string ApprovalChanged = "approval_changed";

    /// <summary>The decider is not among the allowed approvers, or has voted before.</summary>
    public const string ApproverNotAllowed = "approver_not_allowed";

    /// <summary>The decision does not fit the request, such as an edited body for a tool.</summary>
    public const string InvalidDecision = "invalid_decision";

    /// <summary>A call or plan was rejected by a person or by policy.</summary>
    public const string Rejected = "rejected";

    /// <summary>A plan id that the tenant does not have.</summary>
    public const string PlanNotFound = "plan_not_found";

    /// <summary>The body does not satisfy the plan's schema; the message lists every violation.</summary>
    public const string InvalidPlan = "invalid_plan";

    /// <summary>The plan's status does not allow the change.</summary>
    public const string PlanStatusConflict = "plan_status_conflict";

    /// <summary>No action dispatcher is configured.</summary>
    public const string NoDispatcher = "no_dispatcher";

    /// <summary>The dispatcher or a handler failed.</summary>
    public const string DispatchFailed = "dispatch_failed";

    /// <summary>A reference id that the tenant does not have.</summary>
    public const string ReferenceNotFound = "reference_not_found";

    /// <summary>The reference outlived its time to live.</summary>
    public const string ReferenceExpired = "reference_expired";

    /// <summary>A reference kind that the spec does not register.</summary>
    public const string UnknownReferenceKind = "unknown_reference_kind";

    /// <summary>The value does not satisfy the reference's schema, or its glimpse is too large.</summary>
    public const string InvalidReference = "invalid_reference";

    /// <summary>An interpreter or a provider that is not part of this build.</summary>
    public const string NotAvailable = "not_available";

    /// <summary>A model client failed in a way that is none of the following.</summary>
    public const string ProviderFailed = "provider_failed";

    /// <summary>The provider refused the key, or the key may not use the model.</summary>
    public const string ProviderAuth = "provider_auth";

    /// <summary>The provider limits the rate of calls or tokens.</summary>
    public const string ProviderRateLimited = "provider_rate_limited";

    /// <summary>The provider has too much to do.</summary>
    public const string ProviderOverloaded = "provider_overloaded";

    /// <summary>The provider cannot be reached, failed, or broke its answer off.</summary>
    public const string ProviderUnavailable = "provider_unavailable";

    /// <summary>The provider did not answer in time, or its answer stopped coming.</summary>
    public const string ProviderTimeout = "provider_timeout";

    /// <summary>The provider rejected the request, such as an unknown model.</summary>
    public const string ProviderRejected = "provider_rejected";

    /// <summary>The model refused to answer.</summary>
    public const string ModelRefused = "model_refused";

    /// <summary>The answer reached its limit of tokens before the model had said anything.</summary>
    public const string OutputTooLong = "output_too_long";

    /// <summary>The request is longer than the model's context.</summary>
    public const string ContextTooLong = "context_too_long";

    /// <summary>The run ended before the step because it reached a limit.</summary>
    public const string LimitReached = "limit_reached";

    /// <summary>A recording has no answer for a request; the message says how the nearest one differs.</summary>
    public const string NotRecorded = "not_recorded";

    /// <summary>A recording cannot be read or written.</summary>
    public const string InvalidCassette = "invalid_cassette";

    /// <summary>A model's answer is not of the required shape, also after it was told why.</summary>
    public const string InvalidOutput = "invalid_output";

    /// <summary>An append found entries that the writer did not know of.</summary>
    public const string JournalConflict = "journal_conflict";

    /// <summary>Another process took the run over while this one was stopped.</summary>
    public const string LeaseLost = "lease_lost";

    /// <summary>The store cannot be opened, read or written; the message says why.</summary>
    public const string StoreUnavailable = "store_unavailable";

    /// <summary>What stands at the store's place is no store, or its schema is older or newer than this build's.</summary>
    public const string StoreSchema = "store_schema";

    /// <summary>Another process held the store for longer than the options allow.</summary>
    public const string StoreBusy = "store_busy";

    /// <summary>There is no space left for the store; nothing was written.</summary>
    public const string StoreFull = "store_full";

    /// <summary>The run was begun under another spec; the message says what changed.</summary>
    public const string SpecChanged = "spec_changed";

    /// <summary>The run was written by a newer build in a version of the journal that this one does not know.</summary>
    public const string NewerJournal = "newer_journal";

    /// <summary>A run cannot be forked there.</summary>
    public const string InvalidFork = "invalid_fork";

    /// <summary>A fork called for an effect that the original run did not record.</summary>
    public const string EffectNotRecorded = "effect_not_recorded";

    /// <summary>A query was refused before it ran, or by the engine because it would do more than read.</summary>
    public const string QueryRefused = "query_refused";

    /// <summary>A query is wrong, or failed in the database.</summary>
    public const string QueryFailed = "query_failed";

    /// <summary>A query took longer than it may.</summary>
    public const string QueryTimeout = "query_timeout";

    /// <summary>A catalog that only reads was to be written.</summary>
    public const string CatalogReadOnly = "catalog_read_only";

    /// <summary>A table, entry or document that neither the catalog nor the database has; the message names the nearest.</summary>
    public const string UnknownCatalogEntry = "unknown_catalog_entry";

    /// <summary>A file is no document that can be ingested; the message says why.</summary>
    public const string InvalidDocument = "invalid_document";

    /// <summary>A data environment has problems; the exception lists them all.</summary>
    public const string InvalidDataEnvironment = "invalid_data_environment";

    /// <summary>A file of catalog entries has problems, and the exception lists them; or an entry cannot be written to one.</summary>
    public const string InvalidCatalogFile = "invalid_catalog_file";

    /// <summary>A dataset or the configuration of an eval has problems; the exception lists them all.</summary>
    public const string InvalidEval = "invalid_eval";

    /// <summary>A file is no record of an eval, or one of a newer build.</summary>
    public const string InvalidArtifact = "invalid_artifact";

    /// <summary>A program's app cannot be built, loaded or made; the message says why.</summary>
    public const string InvalidApp = "invalid_app";

    /// <summary>A sample ran longer than the eval's limits allow.</summary>
    public const string SampleTimeout = "sample_timeout";

    /// <summary>A bug in the runtime or a store; the message says what was found.</summary>
    public const string Internal = "internal_error";
}
