using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>Writes a policy as its mode alone, or as an object with the options that are set. Unknown properties are ignored.</summary>
public sealed class ApprovalPolicyConverter : JsonConverter<ApprovalPolicy>
{
    /// <inheritdoc/>
    public override ApprovalPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return new() { Mode = JsonSerializer.Deserialize<ApprovalMode>(ref reader, options) };
        using var document = JsonDocument.ParseValue(ref reader);
        var policy = document.RootElement;
        if (policy.ValueKind != JsonValueKind.Object || !policy.TryGetProperty("mode", out var mode))
            throw new JsonException("An approval policy is a mode or an object with a mode.");
        return new()
        {
            Mode = mode.Deserialize<ApprovalMode>(options),
            PredicateId = policy.TryGetProperty("predicateId", out var id) ? id.Deserialize<string>(options) : null,
            ExpiresAfter = policy.TryGetProperty("expiresAfterMs", out var expiry) ? JsonMilliseconds.Read(expiry) : null,
            Approvers = policy.TryGetProperty("approvers", out var approvers) ? approvers.Deserialize<string[]>(options) ?? [] : [],
            Quorum = policy.TryGetProperty("quorum", out var quorum) ? JsonInteger.Read(quorum) : 1,
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ApprovalPolicy value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        var isPlain = value is { PredicateId: null, ExpiresAfter: null, Approvers.Count: 0, Quorum: 1 };
        if (!isPlain) writer.WriteStartObject();
        if (!isPlain) writer.WritePropertyName("mode");
        JsonSerializer.Serialize(writer, value.Mode, options);
        if (isPlain) return;

        if (value.PredicateId is not null) writer.WriteString("predicateId", value.PredicateId);
        if (value.ExpiresAfter is { } expiry) JsonMilliseconds.Write(writer, "expiresAfterMs", expiry);
        if (value.Approvers.Count > 0)
        {
            writer.WriteStartArray("approvers");
            foreach (var approver in value.Approvers) writer.WriteStringValue(approver);
            writer.WriteEndArray();
        }

        if (value.Quorum != 1) writer.WriteNumber("quorum", value.Quorum);
        writer.WriteEndObject();
    }
}
