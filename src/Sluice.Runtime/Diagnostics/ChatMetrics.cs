using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Diagnostics;

/// <summary>
/// The measurements of model calls, with the bucket boundaries that the conventions advise, and of tools, which have those of calls. The name of
/// the latter is of the conventions' own repository, version 0.1.0 (https://github.com/open-telemetry/semantic-conventions-genai).
/// </summary>
internal static class ChatMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };

    private static readonly Meter Meter = new(SluiceDiagnostics.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "GenAI operation duration.", tags: null, Seconds);

    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "Time to receive the first chunk of a streamed answer.", tags: null, Seconds);

    private static readonly Histogram<double> ToolDuration = Meter.CreateHistogram(
        "gen_ai.execute_tool.duration", "s", "The duration of a tool's handler.", tags: null, Seconds);

    private static readonly Histogram<long> TokenUsage = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Number of input and output tokens used.", tags: null, new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
        });

    /// <summary>Whether anybody wants to know of model calls.</summary>
    public static bool IsListening => Duration.Enabled || FirstChunk.Enabled || TokenUsage.Enabled;

    public static void OnCall(TimeSpan elapsed, TimeSpan? firstChunk, UsageDetails? usage, TagList tags, string? error)
    {
        if (firstChunk is { } first) FirstChunk.Record(first.TotalSeconds, tags);
        if (usage?.InputTokenCount is { } input) Record(input, "input", tags);
        if (usage?.OutputTokenCount is { } output) Record(output, "output", tags);
        if (!Duration.Enabled) return;
        if (error is not null) tags.Add(GenAIAttributes.ErrorType, error);
        Duration.Record(elapsed.TotalSeconds, tags);
    }

    public static void OnTool(string tool, TimeSpan elapsed, string? error)
    {
        if (!ToolDuration.Enabled) return;
        var tags = new TagList { { GenAIAttributes.OperationName, "execute_tool" }, { GenAIAttributes.ToolName, tool } };
        if (error is not null) tags.Add(GenAIAttributes.ErrorType, error);
        ToolDuration.Record(elapsed.TotalSeconds, tags);
    }

    private static void Record(long tokens, string type, TagList tags)
    {
        if (!TokenUsage.Enabled) return;
        tags.Add(GenAIAttributes.TokenType, type);
        TokenUsage.Record(tokens, tags);
    }
}
