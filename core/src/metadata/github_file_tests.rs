#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

/// The runner's own reading, written anew from its description: on each line that is not empty
/// whichever of `=` and `<<` comes first decides; a block ends at a line that is the delimiter.
fn runner_reads(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut lines = text
        .strip_suffix('\n')
        .unwrap_or(text)
        .split('\n')
        .map(|l| l.strip_suffix('\r').unwrap_or(l));
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        let block = line
            .find("<<")
            .filter(|at| line.find('=').is_none_or(|equals| *at < equals));
        if let Some(at) = block {
            let (name, delimiter) = (line[..at].to_owned(), &line[at + 2..]);
            let mut value = Vec::new();
            loop {
                match lines.next() {
                    Some(line) if line == delimiter => break,
                    Some(line) => value.push(line),
                    None => return Err(format!("{name} is not closed")),
                }
            }
            found.push((name, value.join("\n")));
        } else if let Some((name, value)) = line.split_once('=') {
            found.push((name.to_owned(), value.to_owned()));
        } else {
            return Err(format!("no form: {line}"));
        }
    }
    Ok(found)
}

proptest! {
    #[test]
    fn the_runner_reads_exactly_what_was_written(
        values in prop::collection::vec("[ -~\n\té<=]{0,40}|(PATH=/evil\n?){0,3}|EOF\n|a<<EOF\nb\nEOF", 1..6)
    ) {
        let entries: Vec<_> = values.iter().enumerate().map(|(i, v)| (format!("name-{i}"), v.clone())).collect();
        let text = blocks(Purpose::Output, &entries, &delimiter().unwrap()).unwrap();
        prop_assert_eq!(runner_reads(&text).unwrap(), entries);
    }

    #[test]
    fn whatever_the_input_the_names_that_are_set_are_those_that_were_given(
        name in any::<String>(), value in any::<String>()
    ) {
        if let Ok(text) = blocks(Purpose::Environment, &[(&name, &value)], &delimiter().unwrap()) {
            prop_assert_eq!(runner_reads(&text).unwrap(), vec![(name, value)]);
        }
    }
}

#[test]
fn names_and_values_that_could_set_something_else_are_refused() {
    for (purpose, name, value) in [
        (Purpose::Output, "", "x"),
        (Purpose::Output, "a=b", "x"),
        (Purpose::Output, "a<<b", "x"),
        (Purpose::Output, "a\nb", "x"),
        (Purpose::Output, "a\r", "x"),
        (Purpose::Output, "1a", "x"),
        (Purpose::Output, "a b", "x"),
        (Purpose::Output, "é", "x"),
        (Purpose::Environment, "NODE_OPTIONS", "--require=/evil.js"),
        (Purpose::Environment, "node_options", "x"),
        (Purpose::Environment, "GITHUB_TOKEN", "x"),
        (Purpose::Environment, "RUNNER_TEMP", "x"),
        (Purpose::Environment, "A-B", "x"),
        (Purpose::Output, "a", "x\ry"),
        (Purpose::Output, "a", "x\u{1b}[31m"),
        (Purpose::Output, "a", "x\0"),
        (Purpose::Output, "a", "before DELIMITER after"),
    ] {
        let error = blocks(purpose, &[(name, value)], "DELIMITER").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidOutput, "{name:?} {value:?}");
    }
    let twice = blocks(Purpose::Output, &[("a", "1"), ("a", "2")], "D").unwrap_err();
    assert!(twice.message().contains("twice"));
}

#[test]
fn a_refused_entry_leaves_the_file_as_it_was_and_every_call_has_its_own_delimiter() {
    let path = std::env::temp_dir().join(format!("artifact-deploy-{}", delimiter().unwrap()));
    let file = GithubFile::output_at(&path);
    file.append(&[("tag", "one")]).unwrap();
    let before = std::fs::read_to_string(&path).unwrap();
    file.append(&[("digest", "two"), ("bad name", "x")])
        .unwrap_err();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
    file.append(&[("tag", "two\nPATH=/evil")]).unwrap();
    let after = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let read = runner_reads(&after).unwrap();
    assert_eq!(read.len(), 2);
    let delimiters: std::collections::BTreeSet<_> = after
        .lines()
        .filter_map(|line| line.split_once("<<"))
        .map(|(_, d)| d.to_owned())
        .collect();
    assert_eq!(delimiters.len(), 2);
}

#[test]
fn a_line_that_another_tool_left_open_does_not_swallow_the_first_name() {
    let path = std::env::temp_dir().join(format!("artifact-deploy-{}", delimiter().unwrap()));
    std::fs::write(&path, "other=open").unwrap();
    let file = GithubFile::output_at(&path);
    file.append(&[("branch", "x\nPATH=/evil")]).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let expected = [("other", "open"), ("branch", "x\nPATH=/evil")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(runner_reads(&text).unwrap(), expected);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_without_a_look_at_its_end() {
    GithubFile::output_at("/dev/null")
        .append(&[("tag", "one")])
        .unwrap();
}

#[test]
fn a_file_that_is_not_there_to_be_written_is_named() {
    let error = GithubFile::output_at("/nonexistent/folder/output")
        .append(&[("a", "b")])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.message().contains("/nonexistent/folder/output"));
    let unset = GithubFile::environment(&Variables::new()).unwrap_err();
    assert!(unset.message().contains("GITHUB_ENV"));
}
