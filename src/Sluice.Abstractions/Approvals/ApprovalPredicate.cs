using System.Text.Json;

namespace Sluice;

/// <summary>Says whether a tool call needs approval. One that throws asks: it fails closed.</summary>
/// <param name="arguments">The call's arguments, valid against the tool's schema.</param>
/// <param name="context">Where the call comes from.</param>
public delegate bool ApprovalPredicate(JsonElement arguments, ApprovalContext context);
