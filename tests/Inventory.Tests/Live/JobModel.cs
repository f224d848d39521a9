using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;
using Sluice.ModelServer.OpenAI;

namespace Inventory.Tests.Live;

/// <summary>Does the job as a capable model would, going by what is in the request: its instructions, the prompt, the results so far.</summary>
internal static partial class JobModel
{
    /// <summary>Answers in the protocol that is spoken.</summary>
    public static ServedResponse Respond(ModelRequest request) => request.Path.EndsWith("/messages", StringComparison.Ordinal)
        ? RespondAsAnthropic(request)
        : ChatCompletions.Answer(request, Say(ReadOpenAI(request.Body)));

    private static ServedResponse RespondAsAnthropic(ModelRequest request)
    {
        var read = new AnthropicRequest(request);
        var prompt = read.Messages[0].GetProperty("content")[0].GetProperty("text").GetString()!;
        var system = read.Body.GetProperty("system")[0].GetProperty("text").GetString()!;
        return AnthropicResponses.To(read, Say(new(system, prompt, read.AssistantTurns, id => TextOf(ResultOf(read, id)))));
    }

    private static JsonElement ResultOf(AnthropicRequest read, string id) => read.Messages
        .Select(message => message.GetProperty("content")).Where(content => content.ValueKind == JsonValueKind.Array).SelectMany(content => content.EnumerateArray())
        .Single(block => block.TryGetProperty("tool_use_id", out var call) && call.ValueEquals(id)).GetProperty("content");

    private static Asked ReadOpenAI(JsonElement body)
    {
        var messages = body.GetProperty("messages").EnumerateArray().ToList();
        string Of(params string[] roles) => TextOf(messages.First(message => roles.Contains(message.GetProperty("role").GetString())).GetProperty("content"));
        return new(
            Of("system", "developer"), Of("user"), messages.Count(message => message.GetProperty("role").ValueEquals("assistant")),
            id => TextOf(messages.Single(message => message.TryGetProperty("tool_call_id", out var call) && call.ValueEquals(id)).GetProperty("content")));
    }

    private static ServedTurn Say(Asked asked) => asked.System switch
    {
        var system when system.StartsWith("You handle requests", StringComparison.Ordinal) => Coordinate(asked),
        var system when system.StartsWith("You prepare inventory plans", StringComparison.Ordinal) => Plan(asked),
        _ => Execute(asked),
    };

    private static ServedTurn Coordinate(Asked asked) => asked.Turns switch
    {
        0 => Call("c1", "call_agent", new { agent = "planner", prompt = asked.Prompt }),
        1 => Call("c2", "call_agent", new { agent = "executor", prompt = $"Execute plan \"{PlanIdOf(asked)}\"." }),
        _ => ServedTurn.OfText("The executor says: " + asked.Result("c2")),
    };

    /// <summary>The numbers of the plan are those that it read in the policies.</summary>
    private static ServedTurn Plan(Asked asked) => asked.Turns switch
    {
        0 => Call("p1", "search_catalog", new { query = "markdown reordering holds", kinds = new[] { "document" } }),
        1 => ServedTurn.OfCalls([.. DocumentsIn(asked).Select((id, index) => Of($"d{index}", "get_document", new { id }))]),
        2 => Call("p2", "execute_query", new { sql = "SELECT count(*) AS products FROM products" }),
        3 => ServedTurn.OfCalls(
            Of("low", "find_low_cover", new { category = "Running Shoes", maxDaysOfCover = int.Parse(RowOf(asked, "Running Shoes")[0]), limit = 8 }),
            Of("over", "find_overstock", new { category = "Snowshoes", limit = 15 }),
            Of("slow", "find_slow_movers", new { category = "Winter Boots", limit = 60 })),
        4 => Call("p3", "store_plan", new
        {
            specName = "InventoryPlan",
            planId = PlanIdOf(asked),
            body = new
            {
                rationale = "Winter boots hardly sell until October.",
                sources = DocumentsIn(asked),
                actions = new object[]
                {
                    new { kind = "reorder_products", products = HandleIn(asked.Result("low")), quantityPerProduct = int.Parse(RowOf(asked, "Running Shoes")[1]) },
                    new { kind = "hold_inventory", products = HandleIn(asked.Result("over")), reason = "Out of season until October", until = DayOf(RowOf(asked, "Snowshoes")[0]) },
                    new { kind = "mark_down", products = HandleIn(asked.Result("slow")), percent = Math.Min(20, int.Parse(RowOf(asked, "Winter Boots")[0])) },
                },
            },
        }),
        _ => ServedTurn.OfText($"Plan {PlanIdOf(asked)} is stored."),
    };

    private static string[] DocumentsIn(Asked asked) =>
        [.. JsonElement.Parse(asked.Result("p1")).GetProperty("untrustedData").GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("id").GetString()!)];

    /// <summary>What the documents that it read say of a category.</summary>
    private static string[] RowOf(Asked asked, string category) => DocumentsIn(asked)
        .Select((_, index) => JsonElement.Parse(asked.Result($"d{index}")).GetProperty("untrustedData").GetString()!)
        .SelectMany(text => text.Split('\n')).Single(line => line.StartsWith($"| {category} |", StringComparison.Ordinal))
        .Trim('|').Split('|', StringSplitOptions.TrimEntries)[1..];

    private static string DayOf(string day) => DateOnly.ParseExact($"{day} 2026", "d MMMM yyyy", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd");

    private static ServedTurn Execute(Asked asked) => asked.Turns switch
    {
        0 => Call("e1", "get_plan", new { planId = PlanIdOf(asked) }),
        1 => Call("e2", "execute_plan", new { planId = PlanIdOf(asked) }),
        _ => ServedTurn.OfText("The plan is done."),
    };

    private static object HandleIn(string result)
    {
        var envelope = JsonElement.Parse(result);
        return new { kind = envelope.GetProperty("kind").GetString(), id = envelope.GetProperty("id").GetString() };
    }

    private static string PlanIdOf(Asked asked) => PlanId().Match(asked.Prompt).Value;

    private static ServedTurn Call(string id, string name, object arguments) => ServedTurn.OfCalls(Of(id, name, arguments)) with
    {
        InputTokens = 1000,
        OutputTokens = 100,
        CacheReadTokens = 500,
    };

    private static ServedCall Of(string id, string name, object arguments) => new(id, name, JsonSerializer.SerializeToElement(arguments));

    /// <summary>A text, or the texts of blocks.</summary>
    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(block => block.GetProperty("text").GetString()));

    [GeneratedRegex(@"plan-\d{8}-\d{6}-[0-9a-f]{6}", RegexOptions.None, 1000)]
    private static partial Regex PlanId();

    /// <summary>What a request says, in whichever protocol.</summary>
    private sealed record Asked(string System, string Prompt, int Turns, Func<string, string> Result);
}
