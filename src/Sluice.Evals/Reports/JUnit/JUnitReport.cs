using System.Globalization;
using System.Text;
using System.Xml;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Reports.JUnit;

/// <summary>An artifact as JUnit XML.</summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Settings =
        new() { Async = true, Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false };

    public static async Task WriteAsync(EvalArtifact artifact, Stream stream, CancellationToken cancellationToken)
    {
        var xml = XmlWriter.Create(stream, Settings);
        await using (xml.ConfigureAwait(false))
        {
            await xml.WriteStartDocumentAsync().ConfigureAwait(false);
            Begin(xml, "testsuites", artifact);
            Begin(xml, "testsuite", artifact);
            Attribute(xml, "timestamp", artifact.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            WriteProperties(xml, artifact);
            foreach (var result in artifact.Cases)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteCase(xml, result, artifact.DatasetName);
                await xml.FlushAsync().ConfigureAwait(false);
            }

            await xml.WriteEndDocumentAsync().ConfigureAwait(false);
        }
    }

    private static void Begin(XmlWriter xml, string element, EvalArtifact artifact)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "name", artifact.DatasetName);
        Attribute(xml, "tests", artifact.Cases.Count);
        Attribute(xml, "failures", artifact.Cases.Count(IsFailure));
        Attribute(xml, "errors", artifact.Cases.Count(IsError));
        if (element == "testsuite") Attribute(xml, "skipped", 0);
        Attribute(xml, "time", Seconds((long)(artifact.EndedAt - artifact.StartedAt).TotalMilliseconds));
    }

    private static void WriteProperties(XmlWriter xml, EvalArtifact artifact)
    {
        var (summary, totals) = (artifact.Summary, artifact.Summary.Totals);
        xml.WriteStartElement("properties");
        Property("eval", artifact.EvalRunId);
        Property("verdict", EvalNames.Of(summary.Verdict));
        Property("dataset-hash", artifact.DatasetHash);
        Property("mode", EvalNames.Of(artifact.Config.Mode));
        Property("samples", $"{totals.Scored} scored of {totals.Planned} planned");
        if (summary.PassRate is { } rate) Property("pass-rate", $"{Figures.Percent(rate.Value)} ({Figures.Percent(rate.Lower)} to {Figures.Percent(rate.Upper)})");
        if (summary.Aggregate is { } score) Property("score", Figures.Score(score));
        if (summary.CostUsd is { } cost) Property("cost", Figures.Cost(cost));
        xml.WriteEndElement();

        void Property(string name, string value)
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value);
            xml.WriteEndElement();
        }
    }

    private static void WriteCase(XmlWriter xml, CaseResult result, string dataset)
    {
        var lines = Differences(result).ToList();
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", dataset);
        Attribute(xml, "name", result.Case.Id);
        Attribute(xml, "time", Seconds(result.Samples.Sum(sample => sample.LatencyMs)));
        if (IsError(result)) WriteFault(xml, "error", "infrastructure", Gap(result), FirstFault(result));
        else if (IsFailure(result)) WriteFault(xml, "failure", "quality", Shortfall(result), FirstFault(result));
        if (lines.Count > 0) xml.WriteElementString("system-out", XmlText.Of(string.Join('\n', lines)));
        xml.WriteEndElement();
    }

    private static void WriteFault(XmlWriter xml, string element, string type, string message, IEnumerable<string> lines)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "message", message);
        Attribute(xml, "type", type);
        xml.WriteString(XmlText.Of(string.Join('\n', lines)));
        xml.WriteEndElement();
    }

    private static string Gap(CaseResult result) => $"{result.Scored} of {Figures.Count(result.Samples.Count, "sample")} could be run and scored.";

    private static string Shortfall(CaseResult result) =>
        $"Score {Figures.Score(result.Score)}, and {Figures.Score(result.RepeatThreshold)} is needed; "
        + $"{result.PassedSamples} of {Figures.Count(result.Samples.Count, "sample")} passed.";

    private static IEnumerable<string> Differences(CaseResult result) => result.Samples.SelectMany(sample => Differences(result.Case, sample));

    /// <summary>What is wrong with the first sample that shows the case's fault.</summary>
    private static IEnumerable<string> FirstFault(CaseResult result) =>
        result.Samples.FirstOrDefault(sample => IsError(result) ? sample.Scores?.Score is null : sample.Scores is not { Passed: true }) is { } sample
            ? Differences(result.Case, sample) : [];

    private static IEnumerable<string> Differences(TestCase testCase, SampleResult sample)
    {
        var lines = SampleDifferences.Of(testCase, sample).ToList();
        if (lines.Count == 0) return lines;
        var (score, trace) = (sample.Scores?.Score is { } known ? $", score {Figures.Score(known)}" : "", sample.TraceId is { } id ? $", trace {id}" : "");
        return lines.Prepend($"sample {sample.Sample}{score}{trace}:");
    }

    private static bool IsError(CaseResult result) => result.Score is null;

    private static bool IsFailure(CaseResult result) => result is { Passed: false, Score: not null };

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, XmlText.Of(value));

    private static void Attribute(XmlWriter xml, string name, int value) => xml.WriteAttributeString(name, XmlConvert.ToString(value));

    private static string Seconds(long milliseconds) => (milliseconds / 1000d).ToString("0.000", CultureInfo.InvariantCulture);
}
