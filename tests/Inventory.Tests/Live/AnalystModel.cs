using System.Text.Json;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Inventory.Tests.Live;

/// <summary>Answers a question about invoices as a model would: it searches, queries, and names the query.</summary>
internal static class AnalystModel
{
    private const int TurnsPerQuestion = 3;

    public static ServedResponse Respond(ModelRequest request)
    {
        var read = new AnthropicRequest(request);
        var id = $"call-{read.AssistantTurns}";
        return AnthropicResponses.To(read, (read.AssistantTurns % TurnsPerQuestion) switch
        {
            0 => Call(id, "search_catalog", new { query = "invoices" }),
            1 => Call(id, "execute_query", new { sql = $"SELECT sum(total) AS total FROM {TableIn(ResultIn(read))}" }),
            _ => ServedTurn.OfText(Answer(ResultIn(read))),
        });
    }

    private static string TableIn(JsonElement result) =>
        result.GetProperty("untrustedData").GetProperty("candidates")[0].GetProperty("qualifiedName").GetString()!;

    private static string Answer(JsonElement result) =>
        $"{result.GetProperty("untrustedData").GetProperty("rows")[0][0]} in all, by query {result.GetProperty("queryHash").GetString()}.";

    private static JsonElement ResultIn(AnthropicRequest read)
    {
        var content = read.ToolResults.Values.Single();
        return JsonElement.Parse(content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Concat(content.EnumerateArray().Select(block => block.GetProperty("text").GetString())));
    }

    private static ServedTurn Call(string id, string name, object arguments) => ServedTurn.OfCalls(new ServedCall(id, name, JsonSerializer.SerializeToElement(arguments)));
}
