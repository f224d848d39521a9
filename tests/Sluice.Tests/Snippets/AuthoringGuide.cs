using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/guides/authoring.md</c>.</summary>
public static class AuthoringGuide
{
    public interface ILedger
    {
        Task<string> PostAsync(string account, decimal amount, string idempotencyKey, CancellationToken cancellationToken);
    }

    public sealed record Customers(IReadOnlyList<string> Ids);

    // snippet: authoring-tool
    public sealed record PostEntry(
        [property: Description("Account number, such as 4000")] string Account,
        [property: Range(0.01, 1_000_000)] decimal Amount,
        Currency Currency = Currency.Eur);

    public enum Currency
    {
        Eur,
        Usd,
    }

    public static ToolSpec PostEntryTool { get; } = Define.Tool<PostEntry>(
        "post_entry", "Posts an entry to the ledger and returns its number.",
        async (args, ctx) =>
        {
            var ledger = ctx.Services.GetRequiredService<ILedger>();
            return new { number = await ledger.PostAsync(args.Account, args.Amount, ctx.IdempotencyKey, ctx.CancellationToken) };
        },
        effect: ToolEffect.Idempotent,
        approval: Approval.When<PostEntry>((args, ctx) => args.Amount > 10_000),
        timeout: TimeSpan.FromSeconds(10));
    // end

    // snippet: authoring-other-tools
    public static ToolSpec FromADelegate { get; } = Define.Tool(
        "convert", "Converts an amount.",
        ([Description("Amount in EUR")] decimal amount, [Range(0.1, 10)] decimal rate, ToolContext ctx) => amount * rate);

    public static ToolSpec FromAFunction(AIFunction function) => Define.Tool(function, effect: ToolEffect.ReadOnly);

    public static ToolSpec DeclaredOnly { get; } = Define.Tool(
        "send_mail", "Sends a mail.",
        JsonElement.Parse("""{"type":"object","properties":{"to":{"type":"string"}},"required":["to"]}"""),
        approval: Approval.Always with { Approvers = ["ana@acme.example", "bo@acme.example"], Quorum = 2, ExpiresAfter = TimeSpan.FromHours(4) });
    // end

    // snippet: authoring-union-by-attributes
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Invite), "invite")]
    [JsonDerivedType(typeof(Discount), "discount")]
    public abstract record CampaignAction;

    public sealed record Invite(Ref<Customers> Customers) : CampaignAction;

    public sealed record Discount(Ref<Customers> Customers, [property: Range(0, 100)] double Percent) : CampaignAction;

    public sealed record Campaign(string Goal, [property: MinLength(1)] IReadOnlyList<CampaignAction> Actions);

    public static PlanSpec<Campaign> CampaignPlan { get; } = Define.Plan<Campaign>(
        "Campaign", displayAliases: new Dictionary<string, string> { ["pending_approval"] = "Waiting for marketing" });
    // end

    // snippet: authoring-union-without-attributes
    public interface IStep;

    public sealed record Copy(string From, string To) : IStep;

    public sealed record Drop(string Table) : IStep;

    public sealed record Migration(IReadOnlyList<IStep> Actions);

    public static PlanSpec<Migration> MigrationPlan { get; } = Define.Plan<Migration>(
        "Migration", unions: [TaggedUnion.Of<IStep>().Case<Copy>("copy").Case<Drop>("drop")]);
    // end

    public static LayeredPrompt Prompt()
    {
        // snippet: authoring-prompt
        var prompt = Define.Prompt(
            identity: "You plan campaigns for a retailer.",
            operationalRules: new[] { "Look at the customers first.", "Store exactly one plan." },
            domainKnowledge: new { currency = "EUR", seasons = new[] { "winter", "summer" } },
            safety: "Never invite customers who opted out.");

        Console.WriteLine(prompt.CacheKey);
        // end
        return prompt;
    }

    public static RuntimeSpec Spec()
    {
        var prompt = Prompt();

        // snippet: authoring-runtime
        var planner = Define.Planner("planner", "claude-opus-4-8", prompt, CampaignPlan, tools: [PostEntryTool], toolkits: ["references"]);
        var executor = Define.Executor("executor", new ModelSpec { Id = "claude-sonnet-4-6", Fallbacks = ["claude-haiku-4-5"] },
            "Execute the plan you are given.", CampaignPlan, maxTurns: 5,
            toolApprovals: new() { ["execute_query"] = Approval.Always });
        var coordinator = Define.Coordinator("coordinator", "claude-sonnet-4-6", "Plan first, then execute.", routes: ["planner", "executor"],
            approval: new() { Plans = Approval.Always, Tools = Approval.Never });

        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [coordinator, planner, executor],
            references: [Define.Reference<Customers>("Customers", ttl: TimeSpan.FromDays(1))],
            providers: Providers.Anthropic(apiKeyEnv: "ANTHROPIC_API_KEY"));
        // end
        return spec;
    }

    public static RuntimeSpec Json(RuntimeSpec spec)
    {
        // snippet: authoring-json
        var json = spec.ToJson();
        var same = RuntimeSpec.FromJson(json);
        // end
        return same;
    }

    public static string Errors()
    {
        var report = "";

        // snippet: authoring-errors
        try
        {
            Define.Runtime(Define.Tenant("acme", ""), [
                Define.Coordinator("lead", "claude-sonnet-4-6", "…", routes: ["planer"]),
                Define.Specialist("planner", "claude-haiku-4-5", "…", maxTurns: 0),
            ]);
        }
        catch (SpecValidationException e)
        {
            foreach (var error in e.Errors) report += $"{error}\n";
        }
        // end
        return report;
    }
}
