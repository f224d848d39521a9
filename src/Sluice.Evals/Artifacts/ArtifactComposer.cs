using System.Text.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>Writes the artifact of an eval out of its samples' lines, one at a time, so that it may be larger than memory.</summary>
internal static class ArtifactComposer
{
    private const int FlushAt = 64 * 1024;
    private const string Cases = "cases";
    private const string Samples = "samples";

    /// <summary>Writes the artifact.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="artifact">The artifact, with its cases but without their samples.</param>
    /// <param name="log">The samples.</param>
    /// <param name="cancellationToken">Stops; a file that was there stays as it was.</param>
    public static Task WriteAsync(string path, EvalArtifact artifact, SampleLog log, CancellationToken cancellationToken) =>
        ArtifactFile.WriteAsync(
            path,
            async writer =>
            {
                WriteBegin(writer, artifact with { Cases = [] }, Cases);
                for (var index = 0; index < artifact.Cases.Count; index++)
                {
                    WriteBegin(writer, artifact.Cases[index] with { Samples = [] }, Samples);
                    for (var sample = 1; sample <= artifact.Config.SamplesPerCase; sample++)
                    {
                        writer.WriteRawValue(log.ReadLine(index, sample).Span, skipInputValidation: true);
                        if (writer.BytesPending > FlushAt) await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                    }

                    WriteEnd(writer);
                }

                WriteEnd(writer);
            },
            cancellationToken);

    /// <summary>Writes an object up to the beginning of the list that is its last member.</summary>
    private static void WriteBegin<T>(Utf8JsonWriter writer, T value, string list)
    {
        writer.WriteStartObject();
        foreach (var member in JsonSerializer.SerializeToElement(value, EvalJson.Options).EnumerateObject())
        {
            if (!member.NameEquals(list)) member.WriteTo(writer);
        }

        writer.WriteStartArray(list);
    }

    private static void WriteEnd(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
