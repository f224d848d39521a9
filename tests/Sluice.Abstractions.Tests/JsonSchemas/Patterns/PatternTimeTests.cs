using System.Collections.Concurrent;
using System.Text.Json;

namespace Sluice.JsonSchemas.Patterns;

public sealed class PatternTimeTests
{
    // With the longest text they allow below 1 000 characters: .NET makes no automaton of patterns that count much further.
    private const int Schemas = 400;

    /// <summary>More threads than processors, each with patterns that nobody has matched yet: the shortest time limit passes while a thread waits.</summary>
    [Fact]
    public void IsValid_ShortTextWhileTheMachineIsBusy_IsNotRefusedForTheTimeThatPasses()
    {
        var refused = new ConcurrentBag<string>();
        var threads = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(thread => new Thread(() =>
        {
            for (var number = 1; number <= Schemas; number++)
            {
                var source = JsonElement.Parse($$"""{"pattern":"^([A-Za-z0-9._:-]{1,{{128 + number}}}|thread {{thread}})$"}""");
                var schema = JsonSchema.Compile(source, new() { PatternTimeout = TimeSpan.FromMilliseconds(1) });
                if (!schema.IsValid(JsonElement.Parse("\"plan-1\""))) refused.Add(source.GetRawText());
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        refused.ShouldBeEmpty();
    }
}
