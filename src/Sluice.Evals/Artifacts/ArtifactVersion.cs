using System.Text.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>Refuses records of a newer build before they are read: what their members mean is not known here.</summary>
internal static class ArtifactVersion
{
    /// <summary>Reads the version, which has to be one that is known.</summary>
    /// <exception cref="SluiceException"><c>invalid_artifact</c>: the version is missing or newer.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static void Check(ReadOnlySpan<byte> json, string place)
    {
        if (Find(json) is not { } version)
            throw new SluiceException(ErrorCodes.InvalidArtifact, $"'{place}' is no record of an eval: it has no \"version\".");
        if (version > EvalArtifact.CurrentVersion)
        {
            throw new SluiceException(
                ErrorCodes.InvalidArtifact,
                $"'{place}' is of version {version}, written by a newer build; this one reads up to version {EvalArtifact.CurrentVersion}. Read it with that build.");
        }
    }

    private static int? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = EvalJson.Options.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("version"u8);
            reader.Read();
            if (isVersion) return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version > 0 ? version : null;
            reader.Skip();
        }

        return null;
    }
}
