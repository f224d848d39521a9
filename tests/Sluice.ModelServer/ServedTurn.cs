using System.Text.Json;

namespace Sluice.ModelServer;

/// <summary>What a model says in one turn, in no provider's protocol yet.</summary>
public sealed record ServedTurn
{
    /// <summary>The message's id.</summary>
    public string Id { get; init; } = "msg_1";

    /// <summary>The model that answers; null: the one that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The parts, in order.</summary>
    public required IReadOnlyList<ServedPart> Parts { get; init; }

    /// <summary>Why it ends: <c>end_turn</c>, <c>tool_use</c>, <c>max_tokens</c>, <c>refusal</c>, <c>pause_turn</c>; null: what follows from the parts.</summary>
    public string? StopReason { get; init; }

    /// <summary>Input tokens that were neither read from a cache nor written to one. Default: 10.</summary>
    public int InputTokens { get; init; } = 10;

    /// <summary>Output tokens. Default: 5.</summary>
    public int OutputTokens { get; init; } = 5;

    /// <summary>Input tokens that were read from a cache. Default: 0.</summary>
    public int CacheReadTokens { get; init; }

    /// <summary>Input tokens that were written to a cache. Default: 0.</summary>
    public int CacheWriteTokens { get; init; }

    /// <summary>How many characters of a part go into one delta, at least 1. Default: 16.</summary>
    public int DeltaLength { get; init; } = 16;

    /// <summary>A turn that is text.</summary>
    public static ServedTurn OfText(string text) => new() { Parts = [new ServedText(text)] };

    /// <summary>A turn that calls tools.</summary>
    public static ServedTurn OfCalls(params IReadOnlyList<ServedCall> calls) => new() { Parts = calls };
}

/// <summary>A part of a turn.</summary>
public abstract record ServedPart;

/// <summary>Text.</summary>
/// <param name="Text">The text.</param>
public sealed record ServedText(string Text) : ServedPart;

/// <summary>Reasoning.</summary>
/// <param name="Text">The reasoning; empty where the provider keeps it to itself.</param>
/// <param name="Signature">What the provider recognises it by.</param>
/// <param name="IsRedacted">Whether only the protected form is given.</param>
public sealed record ServedReasoning(string Text, string Signature, bool IsRedacted = false) : ServedPart;

/// <summary>A tool call.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments.</param>
public sealed record ServedCall(string Id, string Name, JsonElement Arguments) : ServedPart;
