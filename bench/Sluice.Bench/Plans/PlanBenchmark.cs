using System.Text.Json;
using Sluice.Bench.Measuring;
using Sluice.Json;
using Sluice.JsonSchemas;

namespace Sluice.Bench.Plans;

/// <summary>What it costs to check a plan body against its compiled schema.</summary>
internal static class PlanBenchmark
{
    private const int Actions = 50;
    private const int Repetitions = 5_000;

    public static async Task RunAsync()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(CreatePlan(), SluiceJson.Options);
        var schema = JsonSchema.Compile(Define.Plan<BenchPlan>("BenchPlan").Schema);
        var parsed = JsonElement.Parse(body);
        if (!schema.IsValid(parsed)) throw new InvalidOperationException("The plan of the benchmark is not valid.");

        Table.Title(
            $"Plans: one body of {Actions} actions, {body.Length:N0} bytes, three kinds",
            "JsonSerializer.Deserialize of the same bytes into the same types, with the serializer's web defaults");
        Table.Costs("validate", await CompareAsync(body, () => schema.IsValid(parsed)));
        Table.Costs("parse and validate", await CompareAsync(body, () =>
        {
            using var document = JsonDocument.Parse(body);
            return schema.IsValid(document.RootElement);
        }));
    }

    private static Task<Comparison> CompareAsync(byte[] body, Func<bool> validate) => Comparison.RunAsync(
        () => Repeat(() => JsonSerializer.Deserialize<BenchPlan>(body, JsonSerializerOptions.Web)!.Actions.Count == Actions),
        () => Repeat(validate),
        Repetitions);

    private static Task Repeat(Func<bool> work)
    {
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            if (!work()) throw new InvalidOperationException("The plan was not taken.");
        }

        return Task.CompletedTask;
    }

    private static BenchPlan CreatePlan() => new("slow movers out, fast movers north", [.. Enumerable.Range(0, Actions).Select(CreateAction)]);

    private static BenchAction CreateAction(int index) => (index % 3) switch
    {
        0 => new PriceChange($"product-{index}", 9.99m + index, "slow mover"),
        1 => new Promotion([$"product-{index}", $"product-{index + 1}"], 12.5, 14),
        _ => new Transfer($"product-{index}", "north", "south", 10 + index),
    };
}
