using System.Reflection;

namespace Sluice;

/// <summary>The stable codes of <see cref="SpecError"/>. A code is never reused for another meaning.</summary>
public static class SpecErrorCodes
{
    /// <summary>The text is no JSON, is nested too deeply, or holds text that is not Unicode.</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>A property that the object does not have; the message names the nearest one.</summary>
    public const string UnknownProperty = "unknown_property";

    /// <summary>A property that must be there is not.</summary>
    public const string MissingProperty = "missing_property";

    /// <summary>A property that is written more than once.</summary>
    public const string DuplicateProperty = "duplicate_property";

    /// <summary>A value of another JSON type than expected.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A value outside what is allowed in its place.</summary>
    public const string InvalidValue = "invalid_value";

    /// <summary>A tenant's id or version is blank.</summary>
    public const string BlankTenant = "blank_tenant";

    /// <summary>A name is blank.</summary>
    public const string BlankName = "blank_name";

    /// <summary>There is no agent.</summary>
    public const string NoAgents = "no_agents";

    /// <summary>Two agents share a name.</summary>
    public const string DuplicateAgent = "duplicate_agent";

    /// <summary>There is more than one coordinator.</summary>
    public const string SeveralCoordinators = "several_coordinators";

    /// <summary>A model's id is blank.</summary>
    public const string BlankModelId = "blank_model_id";

    /// <summary>A model's reasoning effort or number of tokens is out of range.</summary>
    public const string InvalidModelOption = "invalid_model_option";

    /// <summary>A model names a provider that the spec does not have.</summary>
    public const string UnknownProvider = "unknown_provider";

    /// <summary>A coordinator has no route.</summary>
    public const string MissingRoutes = "missing_routes";

    /// <summary>A route names no registered agent.</summary>
    public const string UnknownRoute = "unknown_route";

    /// <summary>An agent routes to itself.</summary>
    public const string SelfRoute = "self_route";

    /// <summary>An agent has a route twice.</summary>
    public const string DuplicateRoute = "duplicate_route";

    /// <summary>A planner or an executor has no plan.</summary>
    public const string MissingPlan = "missing_plan";

    /// <summary><c>maxTurns</c> is less than 1.</summary>
    public const string InvalidMaxTurns = "invalid_max_turns";

    /// <summary>A toolkit id that does not exist.</summary>
    public const string UnknownToolkit = "unknown_toolkit";

    /// <summary>A toolkit is configured twice.</summary>
    public const string DuplicateToolkit = "duplicate_toolkit";

    /// <summary>A toolkit's configuration names a tool that the toolkit does not have.</summary>
    public const string UnknownToolkitTool = "unknown_toolkit_tool";

    /// <summary>An MCP server's name, place, prefix or variables can't be used.</summary>
    public const string InvalidMcpServer = "invalid_mcp_server";

    /// <summary>Two MCP servers share a name.</summary>
    public const string DuplicateMcpServer = "duplicate_mcp_server";

    /// <summary>An agent names an MCP server that the spec does not have.</summary>
    public const string UnknownMcpServer = "unknown_mcp_server";

    /// <summary>An MCP server's prefix can't be told from a tool or from another server's prefix.</summary>
    public const string McpPrefixConflict = "mcp_prefix_conflict";

    /// <summary>A tool's name does not match <c>^[a-zA-Z0-9_-]{1,64}$</c>.</summary>
    public const string InvalidToolName = "invalid_tool_name";

    /// <summary>A tool's name belongs to the runtime.</summary>
    public const string ReservedToolName = "reserved_tool_name";

    /// <summary>Two different tools share a name.</summary>
    public const string DuplicateTool = "duplicate_tool";

    /// <summary>A tool's description is blank.</summary>
    public const string BlankDescription = "blank_description";

    /// <summary>A timeout is not positive.</summary>
    public const string InvalidTimeout = "invalid_timeout";

    /// <summary><c>maxResultBytes</c> is less than 256.</summary>
    public const string InvalidMaxResultBytes = "invalid_max_result_bytes";

    /// <summary>A tool stores large results under a reference kind that is not registered.</summary>
    public const string UnknownReferenceKind = "unknown_reference_kind";

    /// <summary>A tool is named that is not declared.</summary>
    public const string UnknownTool = "unknown_tool";

    /// <summary>A tool of a JSON spec is used by no agent.</summary>
    public const string UnusedTool = "unused_tool";

    /// <summary>A handler is bound to a tool that no agent has.</summary>
    public const string UnknownToolBinding = "unknown_tool_binding";

    /// <summary>Two different plans share a name.</summary>
    public const string DuplicatePlan = "duplicate_plan";

    /// <summary>A plan is named that is not declared.</summary>
    public const string UnknownPlan = "unknown_plan";

    /// <summary>A plan's schema has no <c>actions</c> array.</summary>
    public const string PlanWithoutActions = "plan_without_actions";

    /// <summary>A display alias for a status that plans do not have.</summary>
    public const string UnknownPlanStatus = "unknown_plan_status";

    /// <summary>Two different references share a name.</summary>
    public const string DuplicateReference = "duplicate_reference";

    /// <summary>A reference's name belongs to the runtime.</summary>
    public const string ReservedReferenceKind = "reserved_reference_kind";

    /// <summary>A time to live is not positive.</summary>
    public const string InvalidTtl = "invalid_ttl";

    /// <summary>A schema is no JSON Schema of draft 2020-12, or describes no object where it must.</summary>
    public const string InvalidSchema = "invalid_schema";

    /// <summary>A dynamic policy where plans are approved; it is for tools only.</summary>
    public const string DynamicPlanPolicy = "dynamic_plan_policy";

    /// <summary>A predicate's id is blank.</summary>
    public const string BlankPredicateId = "blank_predicate_id";

    /// <summary>A quorum is less than 1.</summary>
    public const string InvalidQuorum = "invalid_quorum";

    /// <summary>A quorum is larger than the number of people who may decide.</summary>
    public const string UnreachableQuorum = "unreachable_quorum";

    /// <summary>The name of an approver is blank.</summary>
    public const string BlankApprover = "blank_approver";

    /// <summary>An expiry is not positive.</summary>
    public const string InvalidExpiry = "invalid_expiry";

    /// <summary><c>locked</c> stands elsewhere than on the approval floor.</summary>
    public const string MisplacedLock = "misplaced_lock";

    /// <summary>An agent's tool approval names a tool that it can't have.</summary>
    public const string UnknownToolApproval = "unknown_tool_approval";

    /// <summary>An approval override names no registered agent.</summary>
    public const string UnknownOverrideAgent = "unknown_override_agent";

    /// <summary>An approval override names a tool that the agent does not have.</summary>
    public const string UnknownOverrideTool = "unknown_override_tool";

    /// <summary>A provider's kind is none of the known ones.</summary>
    public const string UnknownProviderKind = "unknown_provider_kind";

    /// <summary>A provider's address is no absolute http or https address.</summary>
    public const string InvalidBaseUrl = "invalid_base_url";

    /// <summary>A header's name or value can't be sent.</summary>
    public const string InvalidHeader = "invalid_header";

    /// <summary><c>maxConcurrency</c> is less than 1.</summary>
    public const string InvalidMaxConcurrency = "invalid_max_concurrency";

    /// <summary>A storage factory for a role that does not exist.</summary>
    public const string UnknownStorageRole = "unknown_storage_role";

    /// <summary>A storage factory of a kind that can't serve its role.</summary>
    public const string UnknownStorageKind = "unknown_storage_kind";

    /// <summary>Settings that are no JSON object.</summary>
    public const string InvalidConfig = "invalid_config";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(SpecErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
}
